import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEndpoint } from "../../src/endpoint/startEndpoint.ts";
import { createWorld, type World } from "./world.ts";

const keys = { accessKeyId: "AKIAPIPELINEEXAMPLE0", secretAccessKey: "pipeline".repeat(5) };
const head = "# @region us-east-1\n# @service execute-api\n";

describe("a trip", () => {
  let world: World;

  before(async () => {
    world = await createWorld({
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    });
  });

  after(() => world.remove());

  it("does nothing at all in a workspace that is not trusted: no include is read, nothing is signed", async () => {
    const untrusted = { trusted: false };
    const text = `${head}POST http://localhost:1/\n\n< ./not-there.json`;
    for (const until of ["sign", "send"] as const) {
      const trip = await world.trip(text, untrusted, until);
      const { request, identity, signed, exchange, error } = trip;
      assert.deepEqual(
        [request, identity, signed, exchange, error?.code],
        [null, null, null, null, "E_REFUSED_UNTRUSTED"],
      );
    }
    // The same text in a trusted one gets as far as the missing file.
    assert.match((await world.trip(text)).error?.message ?? "", /not-there\.json/);
  });

  it("says when what is signed contradicts the host", async () => {
    const text = "# @region us-east-1\nGET https://abc.execute-api.eu-west-1.amazonaws.com/\n";
    const { notes, signed } = await world.trip(text, {}, "sign");
    assert.deepEqual(notes, ["Signed for us-east-1 (a.awsreq:1), but the host is in eu-west-1."]);
    assert.equal(signed?.trace?.credentialScope.split("/")[1], "us-east-1");
  });

  it("reads service and region from the host, overruled by flags", async () => {
    const text = "GET https://abc.execute-api.eu-west-1.amazonaws.com/\n";
    const told = (await world.trip(text, {}, "sign")).signed?.trace?.scope;
    assert.deepEqual([told?.service, told?.region], ["execute-api", "eu-west-1"]);
    const flags = (
      await world.trip(
        text,
        { region: { value: "us-west-2", source: "--region" }, service: "lambda" },
        "sign",
      )
    ).signed?.trace?.scope;
    assert.deepEqual(flags, {
      region: "us-west-2",
      regionSource: "--region",
      service: "lambda",
      serviceSource: "--service",
    });
  });

  const refused: readonly [name: string, text: string, code: string][] = [
    ["no word on signing", "GET https://api.example.com/\n", "E_AUTH_UNDECIDED"],
    [
      "signed twice",
      `${head}# @auth iam\nGET https://api.example.com/\nAuthorization: Bearer x\n`,
      "E_AUTH_TWICE",
    ],
    ["no region", "# @service execute-api\nGET https://api.example.com/\n", "E_REGION_UNKNOWN"],
    ["SigV4A only", "GET https://x.mrap.accesspoint.s3-global.amazonaws.com/\n", "E_SIGV4A_NEEDED"],
    [
      "a time of its own",
      `${head}GET https://api.example.com/\nX-Amz-Date: 20150830T123600Z\n`,
      "E_DATE_TYPED",
    ],
    ["a presigned body", `${head}# @auth presign\nPOST https://api.example.com/\n\nx`, "E_PRESIGN_BODY"],
    [
      "an unsigned payload",
      `${head}# @payload unsigned\nPOST https://api.example.com/\n\nx`,
      "E_PAYLOAD_UNSIGNED",
    ],
    ["plain http", `${head}GET http://api.example.com/\n`, "E_REFUSED_PLAIN_HTTP"],
    ["a metadata address", `${head}GET https://169.254.169.254/\n`, "E_REFUSED_ADDRESS"],
    [
      "a region that would move the host",
      "# @region evil.com#\nGET https://api.example.com/\n",
      "E_SCOPE_LABEL",
    ],
    [
      "another connection that nobody approved",
      `${head}# @connect-to example.invalid:443\nGET https://api.example.com/\n`,
      "E_NOT_APPROVED",
    ],
  ];
  for (const [name, text, code] of refused) {
    it(`refuses ${name}`, async () => {
      const { error, signed, exchange } = await world.trip(text);
      assert.deepEqual([error?.code, signed, exchange], [code, null, null], error?.message);
    });
  }

  it("leaves alone what brings its own authorisation", async () => {
    const { signed, auth } = await world.trip(
      `GET https://a.invalid/\nAuthorization: Bearer x\n`,
      {},
      "sign",
    );
    assert.equal(signed?.trace, null);
    assert.equal(auth?.reason, "the request brings an Authorization header");
    const presigned = "GET https://a.invalid/?q=a+b&X-Amz-Signature=ff\n";
    assert.equal((await world.trip(presigned, {}, "sign")).signed?.target.query, "q=a+b&X-Amz-Signature=ff");
  });

  it("asks before values leave without credentials", async () => {
    await writeFile(join(world.home, "body.txt"), "private");
    const text = "# @auth none\nPOST https://a.invalid/\n\n< ./body.txt";
    const { error } = await world.trip(text);
    assert.equal(error?.code, "E_NOT_APPROVED");
    assert.match(error.hint ?? "", /--approve @a\.invalid/);
    const approved = await world.trip(text, { granted: [{ profile: null, host: "a.invalid" }] });
    assert.equal(approved.error?.code, "E_HOST_NOT_FOUND");
  });

  it("connects elsewhere when it may, signing for the URL's host", async () => {
    const endpoint = await startEndpoint({ port: 0, credentials: [keys] });
    const text = `${head}# @connect-to 127.0.0.1:${endpoint.port}\nGET http://pets.localhost:${endpoint.port}/prod/pets/1\n`;
    const { exchange, signed } = await world.trip(text);
    await endpoint.close();
    assert.equal(exchange?.response?.status, 200);
    assert.match(
      signed?.trace?.canonicalRequest ?? "",
      new RegExp(`\nhost:pets\\.localhost:${endpoint.port}\n`),
    );
    assert.equal(exchange?.remoteAddress, "127.0.0.1");
  });

  it("shows a redirect and does not follow it", async () => {
    const seen: string[] = [];
    const onRequest = ({ raw }: { raw: { target: string } }) => seen.push(raw.target);
    const endpoint = await startEndpoint({ port: 0, credentials: [keys], onRequest });
    const { exchange } = await world.trip(`${head}GET ${endpoint.url}/prod/redirect\n`);
    await endpoint.close();
    assert.equal(exchange?.response?.status, 302);
    assert.deepEqual(seen, ["/prod/redirect"]);
  });

  it("measures its parts", async () => {
    const endpoint = await startEndpoint({ port: 0, credentials: [keys] });
    const { timings } = await world.trip(`${head}GET ${endpoint.url}/prod/pets\n`);
    await endpoint.close();
    assert.deepEqual([timings.proxy, timings.tls], [null, null]);
    for (const part of [
      timings.credentials,
      timings.sign,
      timings.connect,
      timings.firstByte,
      timings.download,
    ]) {
      assert.ok(part !== null && part >= 0 && part <= timings.total);
    }
  });
});
