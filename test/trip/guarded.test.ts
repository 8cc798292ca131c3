import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "../../src/questions.ts";
import { askedInclude } from "../../src/trip/askedInclude.ts";
import type { Trip } from "../../src/trip/trip.ts";
import { diagnoseTrip } from "../../src/trip/tripDiagnosis.ts";
import type { TripEffects } from "../../src/trip/tripEffects.ts";
import { answering, closeServers } from "../transport/servers.ts";
import { createWorld, type World } from "./world.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIAGUARDEDGUARDED12", AWS_SECRET_ACCESS_KEY: "guarded/".repeat(5) };
const api = "https://abc123.execute-api.eu-west-1.amazonaws.com";

describe("what a trip may not do", () => {
  const worlds: World[] = [];
  const worldWith: typeof createWorld = async (...input) => {
    const made = await createWorld(...input);
    worlds.push(made);
    return made;
  };
  afterEach(async () => {
    await closeServers();
    await Promise.all(worlds.splice(0).map((world) => world.remove()));
  });

  const unsigned: readonly (readonly [text: string, code: string])[] = [
    ["# @auth none\nGET http://api.example.test/\nCookie: a=b\n", "E_REFUSED_PLAIN_HTTP"],
    ["GET http://api.example.test/\nAuthorization: Bearer x\n", "E_REFUSED_PLAIN_HTTP"],
    ["# @auth none\nGET https://[fe80::1]/\n", "E_REFUSED_ADDRESS"],
  ];
  for (const [text, code] of unsigned) {
    it(`is the same for a request that nobody signs: ${code} of ${JSON.stringify(text)}`, async () => {
      const world = await worldWith({});
      for (const until of ["sign", "send"] as const) {
        const { error, signed } = await world.trip(text, {}, until);
        assert.deepEqual([error?.code, signed], [code, null]);
      }
    });
  }

  const ofRequest: readonly (readonly [text: string, code: string])[] = [
    [`# @connect-to 169.254.169.254:80\nGET ${api}/\n`, "E_REFUSED_ADDRESS"],
    [`# @service execute-api\n# @region us-east-1\nGET http://api.example.test/\n`, "E_REFUSED_PLAIN_HTTP"],
  ];
  for (const [text, code] of ofRequest) {
    it(`is refused before anything is signed: ${code} of ${JSON.stringify(text)}`, async () => {
      const world = await worldWith(keys);
      for (const until of ["sign", "send"] as const) {
        const { error, identity, signed } = await world.trip(text, {}, until);
        assert.deepEqual([error?.code, identity, signed], [code, null, null]);
      }
    });
  }

  it("run a credential process before the request is approved, when the program itself is", async () => {
    const world = await worldWith({});
    const marker = join(world.home, "marker");
    await mkdir(join(world.home, ".aws"));
    await writeFile(
      join(world.home, ".aws", "config"),
      `[profile run]\ncredential_process = /usr/bin/touch ${marker}\n`,
    );
    const granted = [{ profile: "run", host: "other.example.test" }];
    const { error, identity } = await world.trip(`# @profile run\nGET ${api}/\n`, { granted });
    assert.deepEqual([error?.code, identity], ["E_NOT_APPROVED", null]);
    assert.ok(!existsSync(marker));
  });

  for (const key of [
    "credential_process = /usr/bin/touch MARKER",
    "endpoint_url = https://sts.example.test",
  ]) {
    it(`believe an AWS file in any folder of the window: ${key}`, async () => {
      const other = await mkdtemp(join(tmpdir(), "awsreq-other-"));
      const world = await worldWith({ AWS_CONFIG_FILE: join(other, "config") });
      try {
        const marker = join(world.home, "marker");
        const source = "[profile base]\naws_access_key_id = AKIAX\naws_secret_access_key = x\n";
        const role = "role_arn = arn:aws:iam::111122223333:role/a\nsource_profile = base\n";
        const profile = `[profile run]\n${key.startsWith("endpoint") ? role : ""}${key.replace("MARKER", marker)}\n`;
        await writeFile(join(other, "config"), source + profile);
        const text = `# @profile run\nGET ${api}/\n`;
        for (const folders of [{ workspaceFolders: [other] }, { folder: other }]) {
          const { error } = await world.trip(text, { ...folders, profile: "run" });
          assert.equal(error?.code, "E_AWS_FILE_IN_WORKSPACE");
        }
        assert.ok(!existsSync(marker));
      } finally {
        await rm(other, { recursive: true, force: true });
      }
    });
  }

  it("assume a role that the file names, until the person names it too", async () => {
    const arn = "arn:aws:iam::111122223333:role/admin";
    const world = await worldWith({ ...keys, AWS_ENDPOINT_URL_STS: "http://127.0.0.1:1" });
    const text = `# @role ${arn}\nGET ${api}/\n`;
    const codeWith = async (role: string | undefined) =>
      (await world.trip(text, { role: role === undefined ? undefined : { value: role, source: "--role" } }))
        .error?.code;
    assert.equal(await codeWith(undefined), "E_NOT_APPROVED");
    assert.equal(await codeWith(arn), "E_STS");
    assert.equal(await codeWith("arn:aws:iam::111122223333:role/other"), "E_STS");
  });

  it("tell a secret in what it says of a failure", async () => {
    const secret = "internal-profile-7c1";
    const world = await worldWith({ AWSREQ_PROCESS_ENV: "INNER", INNER: secret });
    const { error } = await world.trip(`# @profile {{$processEnv INNER}}\nGET ${api}/\n`);
    assert.equal(error?.code, "E_PROFILE_UNKNOWN");
    assert.match(error.message, /Profile "‹private value›"/);
    assert.doesNotMatch(JSON.stringify(error), new RegExp(secret));
  });

  it("presign for longer than the credentials hold", async () => {
    const end = new Date(Date.now() + 90_000).toISOString();
    const world = await worldWith({ ...keys, AWS_SESSION_TOKEN: "t", AWS_CREDENTIAL_EXPIRATION: end });
    const bucket = "https://bucket.s3.eu-west-1.amazonaws.com/key";
    const presigned = (await world.trip(`# @auth presign 3600\nGET ${bucket}\n`, {}, "sign")).signed?.trace;
    assert.ok((presigned?.expires ?? 3600) <= 90, String(presigned?.expires));
    const { expires } = (await world.trip(`GET ${bucket}\n`, { presign: 30 }, "sign")).signed?.trace ?? {};
    assert.equal(expires, 30);
  });

  it("have the doctor read a proxy's refusal as the service's", async () => {
    const body = '{"message":"The security token included in the request is expired"}';
    const proxy = await answering(
      `HTTP/1.1 403 Forbidden\r\nx-amzn-ErrorType: ExpiredTokenException\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const world = await worldWith(keys, (effects: TripEffects) => ({
      ...effects,
      sendOptions: (request) => ({
        ...effects.sendOptions(request),
        proxy: { url: `http://127.0.0.1:${proxy.port}`, source: "HTTPS_PROXY" },
      }),
    }));
    const trip = await world.trip(`GET ${api}/\n`);
    assert.deepEqual([trip.exchange?.response?.status, trip.exchange?.response?.answeredBy], [403, "proxy"]);
    assert.deepEqual((await diagnoseTrip(trip, null)).findings, []);
    const response = trip.exchange?.response ?? null;
    assert.ok(trip.exchange !== null && response !== null);
    const ofService: Trip = {
      ...trip,
      exchange: { ...trip.exchange, response: { ...response, answeredBy: "origin" } },
    };
    assert.ok((await diagnoseTrip(ofService, null)).findings.length > 0);
  });
});

describe("an include from outside the folder", () => {
  const answers: readonly (readonly [answer: Answer, isRead: boolean])[] = [
    [true, true],
    [false, false],
    ["once", false],
    ["yes", false],
    ["", false],
  ];
  for (const [answer, isRead] of answers) {
    it(`is ${isRead ? "read" : "not read"} after the answer ${JSON.stringify(answer)}`, async () => {
      const outside = await mkdtemp(join(tmpdir(), "awsreq-outside-"));
      const folder = await mkdtemp(join(tmpdir(), "awsreq-inside-"));
      try {
        await writeFile(join(outside, "a.txt"), "text");
        const from = { folder, home: null, platform: process.platform, place: "a.awsreq" };
        const reading = askedInclude(join(outside, "a.txt"), from, async () => answer);
        if (isRead) {
          const read = await reading;
          assert.ok(read instanceof Uint8Array);
          assert.equal(Buffer.from(read).toString(), "text");
        } else await assert.rejects(reading, { code: "E_REFUSED_INCLUDE_OUTSIDE" });
      } finally {
        await Promise.all([outside, folder].map((path) => rm(path, { recursive: true, force: true })));
      }
    });
  }
});
