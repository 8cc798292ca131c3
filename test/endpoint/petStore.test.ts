import assert from "node:assert/strict";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { jsonOf, sendSigned, startAtNoon } from "./client.ts";
import type { ToSign } from "./signedRequest.ts";

const bella = { id: 1, name: "Bella", type: "dog", parent: null };
const misty = { id: 2, name: "Misty", type: "cat", parent: null };
const rex = { id: 3, name: "Rex", type: "dog", parent: 1 };

describe("the pet store", () => {
  let endpoint: Endpoint;
  beforeEach(async () => {
    endpoint = await startAtNoon();
  });
  afterEach(() => endpoint.close());

  async function ask(request: ToSign): Promise<readonly [status: number, body: unknown]> {
    const reply = await sendSigned(endpoint, request);
    return [reply.status, reply.body.length === 0 ? null : jsonOf(reply)];
  }

  function add(body: string): Promise<readonly [status: number, body: unknown]> {
    return ask({ method: "POST", body, headers: { "Content-Type": "application/json" } });
  }

  it("lists, filters and limits", async () => {
    const list = (path: string) => ask({ path });
    assert.deepEqual(await list("/prod/pets"), [200, { items: [bella, misty, rex], total: 3 }]);
    assert.deepEqual(await list("/prod/pets?type=dog"), [200, { items: [bella, rex], total: 2 }]);
    assert.deepEqual(await list("/prod/pets?type=dog&limit=1"), [200, { items: [bella], total: 2 }]);
    assert.deepEqual(await list("/prod/pets?type=dog&type=cat&limit=100"), [
      200,
      { items: [bella, misty, rex], total: 3 },
    ]);
    assert.deepEqual(await list("/prod/pets?type=__proto__"), [200, { items: [], total: 0 }]);
  });

  for (const limit of ["0", "101", "-1", "x", "", "1&limit=2"]) {
    it(`refuses limit=${limit}`, async () => {
      assert.deepEqual(await ask({ path: `/prod/pets?limit=${limit}` }), [
        400,
        { message: "limit must be one whole number from 1 to 100." },
      ]);
    });
  }

  it("gives one pet, or says that there is none", async () => {
    assert.deepEqual(await ask({ path: "/prod/pets/2" }), [200, misty]);
    for (const id of ["4", "0", "01", "x", "__proto__"]) {
      assert.deepEqual(await ask({ path: `/prod/pets/${id}` }), [
        404,
        { message: `There is no pet with the id '${id}'.` },
      ]);
    }
  });

  it("adds a pet and says where it is", async () => {
    const reply = await sendSigned(endpoint, {
      method: "POST",
      body: '{"name":"Zoë 😀","type":"cat","parent":"2","__proto__":{"id":9},"id":77}',
      headers: { "Content-Type": "application/json; charset=utf-8" },
    });
    const added = { id: 4, name: "Zoë 😀", type: "cat", parent: 2 };
    assert.deepEqual([reply.status, reply.headers.location, jsonOf(reply)], [201, "/prod/pets/4", added]);
    assert.deepEqual(await ask({ path: "/prod/pets/4" }), [200, added]);
    assert.deepEqual(await add('{"name":"Max"}'), [201, { id: 5, name: "Max", type: "dog", parent: null }]);
  });

  const wrong: readonly [body: string, message: string][] = [
    ["", "The body is not JSON."],
    ["{", "The body is not JSON."],
    ["[]", "A pet needs a name: a text of 1 to 100 characters."],
    ["null", "A pet needs a name: a text of 1 to 100 characters."],
    ['{"__proto__":{"name":"x"}}', "A pet needs a name: a text of 1 to 100 characters."],
    ['{"name":""}', "A pet needs a name: a text of 1 to 100 characters."],
    [`{"name":"${"x".repeat(101)}"}`, "A pet needs a name: a text of 1 to 100 characters."],
    ['{"name":"x","type":1}', "type must be a text of 1 to 100 characters."],
    ['{"name":"x","parent":9}', "parent must be the id of a pet in the store."],
    ['{"name":"x","parent":{}}', "parent must be the id of a pet in the store."],
  ];
  for (const [body, message] of wrong) {
    it(`refuses ${body.slice(0, 30) || "no body"}`, async () => {
      assert.deepEqual(await add(body), [400, { message }]);
    });
  }

  it("refuses another content type", async () => {
    assert.deepEqual(await ask({ method: "POST", body: "name=x" }), [
      415,
      { message: "Unsupported Media Type: a pet is application/json." },
    ]);
  });

  it("removes a pet once", async () => {
    const remove = () => ask({ method: "DELETE", path: "/prod/pets/3" });
    assert.deepEqual(await remove(), [204, null]);
    assert.deepEqual(await remove(), [404, { message: "There is no pet with the id '3'." }]);
    assert.deepEqual(await ask({ path: "/prod/pets" }), [200, { items: [bella, misty], total: 2 }]);
  });
});
