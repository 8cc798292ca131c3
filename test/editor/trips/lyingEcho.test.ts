import assert from "node:assert/strict";
import { editorDiagnosis } from "../../../src/editor/trips/diagnosisView.ts";
import { changeRequest } from "../../../src/request/changeRequest.ts";
import { parseRequestFile } from "../../../src/request/parse.ts";
import {
  canonicalText,
  type Echo,
  type LyingServer,
  startLyingServer,
  withEchoed,
} from "../../trip/lyingServer.ts";
import { edited } from "../keys/editedText.ts";
import { createTripWorld, type TripWorld } from "./tripWorld.ts";

const canary = "ghp_PRIVATECANARY0123456789";
const scope = "# @profile dev\n# @region us-east-1\n# @service execute-api\n";

describe("an answer that lies about the signature", () => {
  let world: TripWorld;
  let server: LyingServer;
  before(async () => {
    world = await createTripWorld();
    server = await startLyingServer();
    await world.write("folder/http-client.env.json", '{"dev":{"tenant":"acme"}}');
    await world.write(
      "folder/http-client.private.env.json",
      JSON.stringify({ dev: { githubToken: canary, v: canary, Canary: canary } }),
    );
  });
  after(async () => {
    await server.close();
    await world.remove();
  });

  /** Everything that the panel would offer, applied one after the other, each to the first text, and sent again. */
  async function outcome(text: string, lie: (truth: Echo) => Echo | string) {
    server.lie = lie;
    const line = text.split("\n").findIndex((one) => /^(?:GET|POST) /.test(one));
    const { trip } = await world.make(text);
    assert.equal(trip.exchange?.response?.status, 403, JSON.stringify(trip.error));
    const diagnosis = await editorDiagnosis(trip, { text, line });
    const file = parseRequestFile(text);
    const [block] = file.requests;
    assert.ok(block);
    const fixes = (diagnosis?.findings ?? []).flatMap((finding) => finding.fixes);
    const texts: string[] = [];
    for (const fix of fixes) {
      const edit = fix.kind === "edit" ? changeRequest(file, block, fix.change) : null;
      if (edit === null) continue;
      const changed = edited(text, [edit]);
      texts.push(changed);
      await world.make(changed, { line: changed.split("\n").findIndex((one) => /^(?:GET|POST) /.test(one)) });
    }
    const isProved = fixes.some((fix) => fix.kind === "edit" && fix.proved);
    return { texts, fixes, isProved, diagnosis, trip };
  }

  const request = (path = "/prod/pets", more = "") =>
    `${scope}GET ${server.url}${path}\nX-Tenant: acme\n${more}`;
  const header = (value: string) => (truth: Echo) => withEchoed(truth, "x-tenant", value);

  const lies: readonly (readonly [name: string, lie: (truth: Echo) => Echo])[] = [
    ["a variable in a header's value", header("acme{{githubToken}}")],
    ["a variable alone", header("{{githubToken}}")],
    ["an encoded variable", header("{{%githubToken}}")],
    ["three braces", header("{{{githubToken}}}")],
    ["an escaped variable", header("\\{{githubToken}}")],
    ["two backslashes", header("\\\\{{githubToken}}")],
    ["a random variable", header("{{$processEnv HOME}}{{githubToken}}")],
    ["half of a variable", header("{{githubToken")],
    ["CR", header("acme\r# @connect-to evil.example.com:443")],
    ["CR and a header", header("acme\rX-Evil: {{githubToken}}")],
    ["a line separator", header("acme\u2028X-Evil: {{githubToken}}")],
    ["an invisible character", header("ac\u200bme")],
    ["text direction", header("\u202eemca")],
    ["C1", header("acme\u0085X-Evil: 1")],
    ["NUL", header("acme\0")],
    ["a tab", header("ac\tme")],
    ["a tag character", header("acme\u{e0041}")],
    ["a blank that is none", header("acme\u00a0")],
    ["a variable in the path", (truth) => ({ ...truth, path: `${truth.path}/{{githubToken}}` })],
    [
      "an encoded variable in the path",
      (truth) => ({ ...truth, path: `${truth.path}/%7B%7BgithubToken%7D%7D` }),
    ],
    ["a variable in the query", (truth) => ({ ...truth, query: "q={{githubToken}}" })],
    ["a line in the query", (truth) => ({ ...truth, query: "q=1\r# @connect-to evil.example.com" })],
    ["blanks in the query", (truth) => ({ ...truth, query: "q=1 HTTP/1.1" })],
    [
      "a directive as a header's name",
      (truth) => ({ ...truth, headers: [...truth.headers, ["# @connect-to evil.example.com", "443"]] }),
    ],
    [
      "a definition as a header's name",
      (truth) => ({ ...truth, headers: [...truth.headers, ["@tenant = x", "1"]] }),
    ],
    [
      "a header that was never sent",
      (truth) => ({ ...truth, headers: [...truth.headers, ["x-forged", "1"]] }),
    ],
    [
      "a query line as a header's name",
      (truth) => ({ ...truth, headers: [...truth.headers, ["&admin", "1"]] }),
    ],
  ];
  for (const [name, lie] of lies) {
    it(`${name}: nothing private leaves, and the file has no new line, variable or directive`, async () => {
      const text = request("/prod/pets?q=1");
      const before = server.seen.length;
      const { texts } = await outcome(text, lie);
      for (const seen of server.seen.slice(before)) assert.ok(!seen.includes(canary), seen);
      const [old] = parseRequestFile(text).requests;
      for (const changed of texts) {
        assert.match(changed, /^[\n\x20-\x7e]*$/, JSON.stringify(changed));
        assert.equal(changed.split("\n").length, text.split("\n").length, changed);
        const [now] = parseRequestFile(changed).requests;
        assert.equal(now?.directives.length, old?.directives.length, changed);
        assert.equal(now?.headers.length, old?.headers.length, changed);
      }
    });
  }

  it("what the language would expand is written so that it stands for itself, and proved", async () => {
    const before = server.seen.length;
    const { texts, isProved } = await outcome(request(), header("acme{{githubToken}}"));
    assert.deepEqual(texts, [request().replace("acme", "acme\\{{githubToken}}")]);
    assert.equal(isProved, true);
    assert.match(server.seen.at(-1) ?? "", /\nX-Tenant\nacme\{\{githubToken\}\}\n/);
    assert.equal(server.seen.length, before + 2);
  });

  it("the person's own variables beside the change keep working", async () => {
    const { texts, isProved } = await outcome(
      request("/prod/{{tenant}}/%7E1", "X-Own: {{tenant}}\n"),
      (truth) => ({ ...truth, path: truth.path.replace("%257E", "~") }),
    );
    assert.deepEqual(texts, [request("/prod/{{tenant}}/~1", "X-Own: {{tenant}}\n")]);
    assert.equal(isProved, true);
  });

  it("brackets of the person's own path that a proxy decodes are written as brackets, and proved", async () => {
    const path = (own: string) => request(`/prod/${own}`);
    const { texts, isProved } = await outcome(path("%5Bv%5D"), (truth) => ({
      ...truth,
      path: truth.path.replace("%255Bv%255D", "%5Bv%5D"),
    }));
    assert.deepEqual([texts, isProved], [[path("[v]")], true]);
    assert.match(server.seen.at(-1) ?? "", /^GET \/prod\/\[v\]\n/);
  });

  it("braces that a proxy decodes are not offered: no URL is sent with them", async () => {
    const { texts, isProved } = await outcome(request("/prod/%7B%7Bv%7D%7D"), (truth) => ({
      ...truth,
      path: truth.path.replace("%257B%257Bv%257D%257D", "%7B%7Bv%7D%7D"),
    }));
    assert.deepEqual([texts, isProved], [[], false]);
  });

  it("another path or query than ours in another encoding is told, and not offered", async () => {
    for (const lie of [
      (truth: Echo) => ({ ...truth, path: "/prod/admin" }),
      (truth: Echo) => ({ ...truth, query: "admin=1" }),
    ]) {
      const { texts, diagnosis } = await outcome(request("/prod/pets?q=1"), lie);
      assert.deepEqual(texts, []);
      assert.match(diagnosis?.findings[0]?.cause ?? "", /^sig-(?:path|query)-encoding$/);
    }
  });

  it("random values and times are those of the first send, and included files are not read again", async () => {
    await world.write("outside.txt", "{{v}}");
    const text = request(
      "/prod/pets",
      "X-Id: {{$guid}} {{$timestamp}} {{$datetime iso8601}}\n\n< ../outside.txt\n",
    );
    const post = text.replace("GET", "POST");
    world.questions.length = 0;
    server.lie = header("two");
    const { trip } = await world.make(post);
    const asked = world.questions.length;
    assert.ok(world.questions.some(({ kind }) => kind === "include"));
    await world.write("outside.txt", "changed since");
    const diagnosis = await editorDiagnosis(trip, { text: post, line: 3 });
    const fix = diagnosis?.findings[0]?.fixes.find(({ kind }) => kind === "edit");
    assert.ok(fix?.kind === "edit" && fix.proved);
    assert.equal(world.questions.length, asked);
  });

  it("a text that is not the one that was sent proves nothing", async () => {
    server.lie = header("two");
    const { trip } = await world.make(request());
    const text = request().replace("X-Tenant", "X-Other: 1\nX-Tenant");
    const diagnosis = await editorDiagnosis(trip, { text, line: 3 });
    assert.ok(diagnosis?.findings[0]?.fixes.every(({ kind }) => kind !== "edit"));
  });

  it("is asked about as any other send is, when it is applied and sent again", async () => {
    const { texts } = await outcome(request(), header("two"));
    world.approvals.length = 0;
    const sent = server.seen.length;
    world.answer = false;
    const { trip } = await world.make(texts[0] ?? "").finally(() => {
      world.answer = true;
    });
    assert.deepEqual([trip.error?.code, server.seen.length], ["E_NOT_APPROVED", sent]);
  });

  it("a service in its words is one word, or no edit", async () => {
    for (const [said, texts] of [
      ["lambda", [request().replace("execute-api", "lambda")]],
      ["lambda\n# @connect-to evil.example.com", []],
      ["{{v}}", []],
      ["-", []],
    ] as const) {
      const told = JSON.stringify({ message: `Credential should be scoped to correct service: '${said}'.` });
      assert.deepEqual((await outcome(request(), () => told)).texts, texts, said);
    }
  });

  it("in the panel holds nothing that cannot be seen", async () => {
    const { diagnosis } = await outcome(request(), header("\u202eemca\u200b\u0085\u001b[2J"));
    const shown = JSON.stringify(diagnosis?.view);
    assert.match(shown, /\\\\u202eemca\\\\u200b\\\\x85\\\\x1b\[2J/);
    assert.ok(!/[\u202e\u200b\u0085]|\\u001b/.test(shown), shown);
  });

  it("what is to be done is never a server's to say", async () => {
    for (const name of ["X-Amz-Target", "X-Amz-Acl", "X-HTTP-Method-Override", "X-Method-Override"]) {
      const told = await outcome(request("/prod/pets", `${name}: Get\n`), (truth) =>
        withEchoed(truth, name.toLowerCase(), "Delete"),
      );
      assert.deepEqual([told.diagnosis?.findings[0]?.cause, told.texts], ["sig-header-mutated", []], name);
    }
  });

  it("an API key of the environment is a variable, because the words are ours", async () => {
    const { texts, isProved } = await outcome(request(), () => JSON.stringify({ message: "Forbidden" }));
    assert.deepEqual([texts, isProved], [[`${request()}x-api-key: {{apiKey}}\n`], false]);
  });

  const unproved: readonly (readonly [name: string, lie: (truth: Echo) => Echo])[] = [
    [
      "another string to sign",
      (truth) => ({
        ...header("two")(truth),
        stringToSign: `AWS4-HMAC-SHA256\n20200101T000000Z\nx\n${"0".repeat(64)}`,
      }),
    ],
    ["an empty string to sign", (truth) => ({ ...header("two")(truth), stringToSign: "" })],
    [
      "another canonical request than the one that it hashes",
      (truth) => {
        const told = header("two")(truth);
        return { ...told, payloadHash: "0".repeat(64), hashed: canonicalText(told) };
      },
    ],
    ["another payload hash", (truth) => ({ ...header("two")(truth), payloadHash: "0".repeat(64) })],
  ];
  for (const [name, lie] of unproved) {
    it(`with ${name} the edit is offered, and not called verified`, async () => {
      const { texts, isProved } = await outcome(request(), lie);
      assert.deepEqual(texts, [request().replace("acme", "two")]);
      assert.equal(isProved, false);
    });
  }
});
