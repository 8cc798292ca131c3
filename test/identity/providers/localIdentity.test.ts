import assert from "node:assert/strict";
import type { IdentityOptions } from "../../../src/identity/choice/signerChoice.ts";
import { type IdentityEffects, resolveIdentity } from "../../../src/identity/resolveIdentity.ts";
import { effectsFor, noon, plainOptions, withHome } from "../awsHome.ts";
import { refusal } from "../refusal.ts";

/** A profile of that name in the person's own files, which must never be read. */
const files = {
  ".aws/credentials": "[awsreq-local]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n",
};

function resolve(options: Partial<IdentityOptions>, effects: Partial<IdentityEffects> = {}) {
  return withHome(files, (home) =>
    resolveIdentity({ ...plainOptions, ...options }, effectsFor(home, effects)),
  );
}

describe("the profile awsreq-local", () => {
  const local = { accessKeyId: "AKIALOCAL", secretAccessKey: "local", accountId: "000000000000" };
  const chosen = { flagProfile: "awsreq-local", authority: "127.0.0.1:8787" };

  it("gives the keys of the endpoint on that very authority", async () => {
    const asked: string[] = [];
    const localCredentials = async (authority: string) => {
      asked.push(authority);
      return local;
    };
    assert.deepEqual(await resolve(chosen, { localCredentials }), {
      profile: "awsreq-local",
      source: "--profile",
      kind: "local endpoint",
      role: null,
      credentials: local,
      account: "000000000000",
      arn: null,
      expires: null,
    });
    assert.deepEqual(asked, ["127.0.0.1:8787"]);
  });

  const refusals: readonly (readonly [options: Partial<IdentityOptions>, why: string, hint: string])[] = [
    [{}, "no local endpoint has keys for 127.0.0.1:8787", "Start it with `awsreq endpoint`."],
    [
      { authority: "api.example.com" },
      "api.example.com is not this machine",
      "Choose an AWS profile with --profile or # @profile.",
    ],
    [
      { role: { arn: { value: "arn:aws:iam::111122223333:role/a", source: "pets.awsreq:2" } } },
      "it cannot assume the role at pets.awsreq:2: its keys are not known to AWS",
      "Remove the role, or choose another profile.",
    ],
  ];
  for (const [options, why, hint] of refusals) {
    it(`is refused: ${why}`, async () => {
      const error = await refusal(() => resolve({ ...chosen, ...options }));
      assert.deepEqual(
        [error.code, error.message, error.hint],
        ["E_LOCAL_PROFILE", `The profile awsreq-local gives no keys for this request: ${why}.`, hint],
      );
    });
  }

  it("expired keys are no keys", async () => {
    const localCredentials = async () => ({ ...local, expiration: noon });
    assert.equal((await refusal(() => resolve(chosen, { localCredentials }))).code, "E_LOCAL_PROFILE");
  });
});
