import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { noFolderVoices } from "../../src/identity/choice/folderVoices.ts";
import { createWorld, type World } from "./world.ts";

const api = "GET https://abc.execute-api.eu-west-1.amazonaws.com/prod";
const bucket = "GET https://bucket.s3.us-east-1.amazonaws.com/k";

async function inWorld<T>(
  env: Record<string, string>,
  credentials: string,
  use: (world: World) => Promise<T>,
): Promise<T> {
  const world = await createWorld(env);
  try {
    await mkdir(join(world.home, ".aws"));
    await writeFile(join(world.home, ".aws/credentials"), credentials);
    return await use(world);
  } finally {
    await world.remove();
  }
}

const pair = (name: string, more = "") =>
  `[${name}]\naws_access_key_id = AKIA${name}\naws_secret_access_key = canary-secret\n${more}`;

describe("a trip says", () => {
  it("when .env's profile signs in place of the command line's", async () => {
    const folderVoices = { ...noFolderVoices, dotenvProfile: { value: "dev", source: ".env:1" } };
    await inWorld({ AWS_PROFILE: "prod" }, pair("dev"), async (world) => {
      const granted = { granted: [] };
      const { notes, plan } = await world.trip(`${api}\n`, { folderVoices, ...granted }, "sign");
      assert.equal(plan?.source, ".env:1");
      assert.match(notes[0] ?? "", /^Profile "dev" \(\.env:1\) signs, not "prod" \(AWS_PROFILE\)/);
    });
  });

  it("when the end that a file states cannot be read", async () => {
    await inWorld({ AWS_PROFILE: "dev" }, pair("dev", "aws_expiration = soon\n"), async (world) => {
      const { notes, signed } = await world.trip(`${api}\n`, {}, "sign");
      assert.notEqual(signed, null);
      assert.deepEqual(notes, [
        'The end that ~/.aws/credentials:4 states for the keys of profile "dev" is not a time, so it does not count.',
      ]);
    });
  });

  const typed = `${api}\nX-Amz-Security-Token: canary-typed\n`;

  it("when a typed token is left out or replaced, and shows neither", async () => {
    const token = "aws_session_token = canary-token\n";
    for (const [credentials, became] of [
      [pair("dev"), "left out: the keys that sign have no session token"],
      [pair("dev", token), "replaced by the session token of the keys that sign"],
    ] as const) {
      await inWorld({ AWS_PROFILE: "dev" }, credentials, async (world) => {
        for (const auth of ["", "# @auth presign 60\n"]) {
          const { notes } = await world.trip(`${auth}${typed}`, {}, "sign");
          assert.deepEqual(notes, [`The X-Amz-Security-Token header that was typed is ${became}.`]);
        }
      });
    }
    await inWorld({ AWS_PROFILE: "dev" }, pair("dev", token), async (world) => {
      const same = typed.replace("canary-typed", "canary-token");
      assert.deepEqual((await world.trip(same, {}, "sign")).notes, []);
    });
  });

  it("when a URL's own parameters of a signature are left out, and none stands twice", async () => {
    const queries: readonly (readonly [query: string, names: string, kept: string])[] = [
      ["X-Amz-Expires=10", "X-Amz-Expires is", ""],
      ["a=1&X-Amz-Expires=10&b=2", "X-Amz-Expires is", "a=1&b=2&"],
      ["x-amz-expires=10", "x-amz-expires is", ""],
      ["X%2DAmz%2dExpires=10&c", "X%2DAmz%2dExpires is", "c&"],
      [
        "X-Amz-Security-Token=canary&X-Amz-Date=20200101T000000Z&X-Amz-Credential",
        "X-Amz-Security-Token, X-Amz-Date, X-Amz-Credential are",
        "",
      ],
      ["X-Amz-Expires=1&X-Amz-Expires=2", "X-Amz-Expires, X-Amz-Expires are", ""],
    ];
    const token = pair("dev", "aws_session_token = t\n");
    for (const [query, names, kept] of queries) {
      await inWorld({ AWS_PROFILE: "dev" }, token, async (world) => {
        const { notes, signed } = await world.trip(`# @auth presign 60\n${bucket}?${query}\n`, {}, "sign");
        assert.deepEqual(notes, [`The URL's own ${names} left out: presigning writes such parameters anew.`]);
        const sent = signed?.target.query ?? "";
        assert.ok(sent.startsWith(`${kept}X-Amz-Algorithm=`), sent);
        for (const name of ["X-Amz-Expires", "X-Amz-Security-Token", "X-Amz-Date", "X-Amz-Credential"]) {
          assert.equal(sent.match(new RegExp(`${name}=`, "gi"))?.length, 1, name);
        }
        assert.match(sent, /X-Amz-Expires=60/);
        assert.doesNotMatch(signed?.trace?.canonicalRequest ?? "", /canary|Expires=10/);
      });
    }
  });

  it("nothing of a query that presigning does not write", async () => {
    await inWorld({ AWS_PROFILE: "dev" }, pair("dev"), async (world) => {
      const query = "x-amz-checksum-mode=ENABLED&versionId=1&X-Amz-Expires-X=1";
      const { notes, signed } = await world.trip(`# @auth presign 60\n${bucket}?${query}\n`, {}, "sign");
      assert.deepEqual(notes, []);
      assert.ok(signed?.target.query?.startsWith(`${query}&X-Amz-Algorithm=`));
    });
  });
});
