import assert from "node:assert/strict";
import type { RequestRecord } from "../../src/endpoint/requestLine.ts";
import { type Endpoint, startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { createWorld, type World } from "./world.ts";

const keys = {
  accessKeyId: "AKIAS3REQUESTSEXAMPL",
  secretAccessKey: "s3/requests+secret=".repeat(3).slice(0, 40),
};

const family = ["s3", "s3-object-lambda", "s3-outposts", "s3express"] as const;

describe("a request to S3, on the wire", () => {
  const records: RequestRecord[] = [];
  const endpoints = new Map<string, Endpoint>();
  let world: World;

  before(async () => {
    const onRequest = (record: RequestRecord) => records.push(record);
    for (const service of [...family, "execute-api"])
      endpoints.set(service, await startEndpoint({ port: 0, service, credentials: [keys], onRequest }));
    world = await createWorld({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    });
  });

  after(async () => {
    for (const endpoint of endpoints.values()) await endpoint.close();
    await world.remove();
  });

  /** Sends a request whose text has `{S}` for the server, and gives what arrived. */
  async function sent(service: string, lines: string, preamble = "") {
    records.length = 0;
    const directives = `# @region us-east-1\n# @service ${service}\n${preamble}`;
    const trip = await world.trip(directives + lines.replace("{S}", endpoints.get(service)?.url ?? ""));
    return { trip, record: records.at(-1) };
  }

  const slashes: readonly (readonly [target: string, canonical: string])[] = [
    ["/prod/echo/folder%2Ffile.txt", "/prod/echo/folder/file.txt"],
    ["/prod/echo/%2Fa", "/prod/echo//a"],
    ["/prod/echo/folder%2f", "/prod/echo/folder/"],
    ["/prod/echo/a%252Fb", "/prod/echo/a%252Fb"],
    ["/prod/echo/a%2F%E9%2F..", "/prod/echo/a/%E9/.."],
  ];
  for (const service of family) {
    for (const [target, canonical] of slashes) {
      it(`${service}: ${target} goes out as it is and is signed as ${canonical}`, async () => {
        for (const auth of ["", "# @auth presign 60\n"]) {
          const { trip, record } = await sent(service, `${auth}GET {S}${target}\n`);
          const verdict = record?.verdict;
          assert.ok(verdict?.ok, JSON.stringify([trip.error, verdict]));
          assert.equal(record?.raw.target.split("?")[0], target);
          assert.equal(verdict.canonicalRequest.split("\n")[1], canonical);
          assert.equal(trip.signed?.trace?.canonicalRequest, verdict.canonicalRequest);
        }
      });
    }
  }

  it("a key that is put in by {{%key}} is signed as the key", async () => {
    const { record } = await sent("s3", "GET {S}/prod/echo/{{%key}}\n", "@key = folder/a b.txt\n");
    assert.equal(record?.raw.target, "/prod/echo/folder%2Fa%20b.txt");
    assert.ok(record.verdict.ok);
    assert.equal(record.verdict.canonicalRequest.split("\n")[1], "/prod/echo/folder/a%20b.txt");
  });

  it("to any other service %2F stays what it is, encoded once more", async () => {
    const { record } = await sent("execute-api", "GET {S}/prod/echo/arn%2Fx\n");
    assert.ok(record?.verdict.ok);
    assert.equal(record.verdict.canonicalRequest.split("\n")[1], "/prod/echo/arn%252Fx");
  });

  const refused: readonly (readonly [header: string, name: string, code: string, hint: RegExp])[] = [
    ["x-amz-meta-name: groß", "x-amz-meta-name", "U+00DF", /RFC 2047/],
    ["X-Amz-Meta-A: a\u00a0b", "X-Amz-Meta-A", "U+00A0", /RFC 2047/],
    [
      'Content-Disposition: attachment; filename="é.txt"',
      "Content-Disposition",
      "U+00E9",
      /filename\*=UTF-8''/,
    ],
    ["x-amz-tagging: k=日本", "x-amz-tagging", "U+65E5", /ASCII/],
    ["x-amz-meta-face: 😀", "x-amz-meta-face", "U+1F600", /RFC 2047/],
  ];
  for (const service of family) {
    for (const [header, name, code, hint] of refused) {
      it(`${service}: ${header.normalize()} is refused before anything is sent`, async () => {
        for (const auth of ["", "# @auth presign 60\n"]) {
          const { trip, record } = await sent(service, `${auth}PUT {S}/prod/echo/k\n${header}\n`);
          assert.equal(record, undefined);
          assert.equal(trip.error?.code, "E_HEADER_ASCII");
          assert.ok(
            trip.error.message.includes(name) && trip.error.message.includes(code),
            trip.error.message,
          );
          assert.match(trip.error.hint ?? "", hint);
          // The value may be a secret.
          assert.ok(!`${trip.error.message} ${trip.error.hint}`.includes(header.split(": ")[1] ?? ""));
        }
      });
    }
  }

  it("the same header goes to another service in UTF-8, and is signed so", async () => {
    const { record } = await sent("execute-api", "PUT {S}/prod/echo\nx-name: groß\n");
    assert.ok(record?.verdict.ok);
    assert.ok(record.verdict.canonicalRequest.includes("x-name:groß"));
  });
});
