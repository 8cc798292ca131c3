import assert from "node:assert/strict";
import type { RequestEntry } from "../../src/cli/document.ts";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { createMachine, credentialsFile, keys, type Machine, startNotedEndpoint } from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

const head = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

/** Requests that are easy to send otherwise than they were signed: method and target, header lines, body. */
const awkward: readonly [target: string, headers: string, body: string][] = [
  ["GET /prod/pets", "", ""],
  ["GET /prod/echo/a%20b/c%2Fd/%E9/100%25", "", ""],
  ["GET /prod/echo//double/./dots/../end/", "", ""],
  ["GET /prod/echo/résumé 日本/$default", "", ""],
  ["GET /prod/echo?b=2&a=1&a=%2F&a&A=&=x&q=a+b&r=%2B&u=é", "", ""],
  ["DELETE /prod/echo", "X-Test: one\nX-TEST:   two   words \nx-test:\t3\nX-Empty:\n", ""],
  ["POST /prod/echo", "Content-Type: application/json\n", '{"name": "Ünïcode 😀", "line": "a\\nb"}'],
  ["PUT /prod/echo", "Content-Type: text/plain; charset=utf-8\nX-Amz-Meta-A: b\n", "lines\n\n  and blanks "],
];

describe("invariant 3: signed == sent, by the whole command", () => {
  let machine: Machine;

  before(async () => {
    machine = await createMachine();
  });

  after(() => machine.remove());

  /** What the endpoint received and computed is what the document says was sent and signed, the masks aside. */
  function assertSame(entry: RequestEntry | undefined, record: RequestRecord | undefined, token: string) {
    const text = JSON.stringify([entry?.request, record?.verdict], null, 1);
    assert.ok(entry && record?.verdict.ok, text);
    const unmasked = (shown: string, tokenAs: string) =>
      shown.replaceAll(`‹token, ${token.length} chars›`, tokenAs).replaceAll("AKIA…MPLE", keys.accessKeyId);
    const { request, signing, error } = entry;
    const canonical = signing?.canonicalRequest ?? "";
    const inQuery = signing?.authorization === null ? encodeURIComponent(token) : token;
    assert.deepEqual(
      [error, unmasked(canonical, inQuery), signing?.stringToSign],
      [null, record.verdict.canonicalRequest, record.verdict.stringToSign],
    );
    const sent = new URL(request?.url ?? "").host;
    assert.equal(request?.method, record.raw.method);
    assert.equal(
      unmasked(request?.url ?? "", encodeURIComponent(token)),
      `http://${sent}${record.raw.target}`,
    );
    assert.deepEqual(
      request?.headers.map(([name, value]) => [name, unmasked(value, token)]),
      record.raw.headers.map(([name, value]) => [name, Buffer.from(value, "latin1").toString()]),
    );
    assert.equal(request?.bodyBytes, record.raw.body.length);
  }

  /** Sends all the awkward requests in one command. */
  async function sendAll(token: string, directives: string, rows: typeof awkward): Promise<void> {
    const endpoint: Endpoint & { readonly records: RequestRecord[] } = await startNotedEndpoint(
      token === "" ? {} : { sessionToken: token },
    );
    await machine.write(".aws/credentials", credentialsFile(token === "" ? undefined : token));
    const requests = rows.map(([target, headers, body]) => {
      const line = target.replace(" ", ` ${endpoint.url}`);
      return `${line}\n${headers}${body === "" ? "" : `\n${body}`}\n`;
    });
    await machine.write("work/all.awsreq", `${head}${directives}\n###\n${requests.join("\n###\n")}`);
    const { code, stdout } = await machine.run(["send", "all.awsreq", "--all", "--json"]);
    await endpoint.close();
    const entries = documentOf(stdout).requests;
    assert.deepEqual([code, entries.length, endpoint.records.length], [0, rows.length, rows.length], stdout);
    for (const [at, entry] of entries.entries()) assertSame(entry, endpoint.records[at], token);
  }

  const bodiless = awkward.filter(([, , body]) => body === "");
  const sessionToken = "sent/as+signed==".repeat(6);

  it("in headers, with plain keys", () => sendAll("", "", awkward));
  it("in headers, with a session token", () => sendAll(sessionToken, "", awkward));
  it("presigned, with plain keys", () => sendAll("", "# @auth presign 60\n", bodiless));
  it("presigned, with a session token", () => sendAll(sessionToken, "# @auth presign 60\n", bodiless));
});
