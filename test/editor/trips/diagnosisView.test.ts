import assert from "node:assert/strict";
import { editorDiagnosis } from "../../../src/editor/trips/diagnosisView.ts";
import { supportBundle } from "../../../src/editor/trips/supportBundle.ts";
import { tripView } from "../../../src/editor/trips/tripView.ts";
import { changeRequest } from "../../../src/request/changeRequest.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import {
  type ChangingProxy,
  type Passed,
  startChangingProxy,
  withHeader,
} from "../../endpoint/changingProxy.ts";
import { edited } from "../keys/editedText.ts";
import { createTripWorld, frame, keys, type TripWorld } from "./tripWorld.ts";

const scope = "# @profile dev\n# @region us-east-1\n# @service execute-api\n";

describe("why a request of the editor was refused", () => {
  let world: TripWorld;
  let proxy: ChangingProxy;
  before(async () => {
    world = await createTripWorld();
    proxy = await startChangingProxy(world.endpoint.port);
  });
  after(async () => {
    await proxy.close();
    await world.remove();
  });

  async function diagnosed(text: string, changes = {}) {
    const { trip, notes } = await world.make(text, changes);
    const line = text.split("\n").findIndex((one) => /^(?:GET|POST) /.test(one));
    const diagnosis = await editorDiagnosis(trip, { text, line });
    return { trip, notes, diagnosis };
  }

  const through = () => `${scope}# @connect-to ${proxy.authority}\n`;
  const passing: readonly (readonly [
    name: string,
    request: (url: string) => string,
    change: (passed: Passed) => Passed,
    cause: string,
  ])[] = [
    [
      "a proxy that decodes the path",
      (url) => `GET ${url}/prod/pets/%7E1\n`,
      (passed) => ({ ...passed, path: passed.path.replace("%7E", "~") }),
      "sig-path-encoding",
    ],
    [
      "a proxy that encodes the query anew",
      (url) => `GET ${url}/prod/pets?type=%E4\n`,
      (passed) => ({ ...passed, path: passed.path.replace("%E4", "%25E4") }),
      "sig-query-encoding",
    ],
    [
      "a proxy that appends a charset",
      (url) => `POST ${url}/prod/pets\nContent-Type: application/json\n\n{"name":"Rex"}\n`,
      (passed) => ({
        ...passed,
        headers: withHeader(passed.headers, "content-type", "application/json; charset=utf-8"),
      }),
      "sig-content-type-changed",
    ],
    [
      "a proxy that rewrites a header",
      (url) => `GET ${url}/prod/pets\nX-Note: one\n`,
      (passed) => ({ ...passed, headers: withHeader(passed.headers, "x-note", "two") }),
      "sig-header-mutated",
    ],
  ];
  for (const [name, request, change, cause] of passing) {
    it(`${name}: the fix is proved, and the request is good with it`, async () => {
      proxy.change = change;
      const text = `${through()}${request(world.endpoint.url)}`;
      const { trip, diagnosis } = await diagnosed(text);
      assert.equal(trip.exchange?.response?.status, 403);
      const [best] = diagnosis?.findings ?? [];
      assert.deepEqual([best?.cause, best?.certainty], [cause, "proved"]);
      const fix = best?.fixes.find(({ kind }) => kind === "edit");
      assert.ok(fix?.kind === "edit" && fix.proved);
      const file = parseRequestFile(text);
      const [block] = file.requests;
      const edit = block === undefined ? null : changeRequest(file, block, fix.change);
      assert.ok(edit);
      const again = await world.make(edited(text, [edit]));
      const status = again.trip.exchange?.response?.status;
      assert.ok(status !== undefined && [200, 201, 404].includes(status), `${status}`);
      const shown = diagnosis?.view.findings[0]?.fixes.find(({ kind }) => kind === "edit");
      assert.ok(shown?.kind === "edit" && (shown.lines?.length ?? 0) >= 2);
    });
  }

  it("a body that was changed on the way is proved, and no edit is offered for it", async () => {
    proxy.change = (passed) => ({ ...passed, body: Buffer.from('{"name":"Max"}') });
    const { diagnosis } = await diagnosed(
      `${through()}POST ${world.endpoint.url}/prod/pets\nContent-Type: application/json\n\n{"name":"Rex"}`,
    );
    const [best] = diagnosis?.findings ?? [];
    assert.equal(best?.cause, "sig-body-changed");
    assert.ok(best.fixes.every(({ kind }) => kind !== "edit"));
  });

  it("a wrong secret: nothing differs, and what AWS got past is listed", async () => {
    const text = `${scope.replace("dev", "wrong")}GET ${world.endpoint.url}/prod/pets\n`;
    const { diagnosis } = await diagnosed(text);
    assert.deepEqual(
      [diagnosis?.findings[0]?.cause, diagnosis?.findings[0]?.certainty],
      ["sig-wrong-secret", "proved"],
    );
    assert.ok(diagnosis?.view.comparison?.every(({ same }) => same));
    assert.deepEqual(
      diagnosis?.view.lookedAt.map(({ name, outcome }) => `${name}: ${outcome}`),
      [
        "Authorization: passed",
        "Region and service: passed",
        "Clock: passed",
        "Access key: passed",
        "Session token: passed",
        "Signature: failed",
      ],
    );
  });

  it("a clock that is slow: the offset is measured, and the request is good with it", async () => {
    const text = `${scope}GET ${world.endpoint.url}/prod/pets\n`;
    const slow = { clockOffset: -20 * 60_000 };
    const { diagnosis, notes } = await diagnosed(text, slow);
    assert.deepEqual(notes, ["Signed with the server's time, 1200 s before this machine's clock."]);
    const command = diagnosis?.findings[0]?.fixes.find(({ kind }) => kind === "command");
    assert.ok(command?.kind === "command" && command.command.id === "signWithServerTime");
    const { offset } = command.command;
    assert.ok(Math.abs(offset - 20 * 60_000) < 5000, String(offset));
    const good = await diagnosed(text, { clockOffset: slow.clockOffset + offset });
    assert.equal(good.trip.exchange?.response?.status, 200);
    assert.equal(good.diagnosis, null);
  });

  it("gives no diagnosis of an answer that a proxy gave", async () => {
    const text = `${scope.replace("dev", "wrong")}GET ${world.endpoint.url}/prod/pets\n`;
    const { trip } = await diagnosed(text);
    const response = trip.exchange?.response;
    assert.ok(trip.exchange && response);
    const exchange = { ...trip.exchange, response: { ...response, answeredBy: "proxy" as const } };
    assert.equal(await editorDiagnosis({ ...trip, exchange }, { text, line: 3 }), null);
  });

  it("gives no diagnosis of a good answer", async () => {
    assert.equal((await diagnosed(`${scope}GET ${world.endpoint.url}/prod/pets\n`)).diagnosis, null);
  });

  it("says for support what was found, and no secret", async () => {
    const text = `${scope.replace("dev", "wrong")}GET ${world.endpoint.url}/prod/pets\nX-Api-Key: canary-key-0123456789\n`;
    const { trip, diagnosis } = await diagnosed(text);
    const bundle = supportBundle(tripView(trip, [], frame, diagnosis?.view), trip);
    assert.match(bundle, /^Finding: sig-wrong-secret \(proved\)\./m);
    assert.match(bundle, /^Canonical request:\n {2}GET\n {2}\/prod\/pets$/m);
    for (const secret of [keys.accessKeyId, "canary-key-0123456789", trip.signed?.trace?.signature ?? ""])
      assert.ok(!bundle.includes(secret), bundle);
  });
});
