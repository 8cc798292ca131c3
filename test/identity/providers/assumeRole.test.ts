import assert from "node:assert/strict";
import type { AssumeRoleStep } from "../../../src/identity/plan/roleStep.ts";
import {
  type AssumeRoleEffects,
  assumeRole,
  sessionNameOf,
} from "../../../src/identity/providers/assumeRole.ts";
import { effectsFor, noon } from "../awsHome.ts";
import { assumed, type LocalSts, refused, type StsAnswer, type StsCall, withLocalSts } from "../localSts.ts";
import { assertHoldsNone, refusal } from "../refusal.ts";

const master = {
  accessKeyId: "AKIACANARYMASTER",
  secretAccessKey: "canary-secret-master",
  sessionToken: "canary-token-master",
};
const secrets = Object.values(master);

/** What the local STS knows of the keys that ask: it refuses a signature by them that does not hold. */
const known = (accessKeyId: string) => (accessKeyId === master.accessKeyId ? master : null);

function stepTo(endpoint: string): AssumeRoleStep {
  return {
    kind: "assumeRole",
    profile: "a",
    place: "~/.aws/config:3",
    roleArn: "arn:aws:iam::111122223333:role/a",
    role: { partition: "aws", account: "111122223333", name: "a" },
    externalId: "ext:1",
    sessionName: null,
    durationSeconds: 900,
    mfa: null,
    region: "eu-west-1",
    endpoint,
  };
}

function assume(endpoint: string, changes: Partial<AssumeRoleEffects> = {}) {
  return assumeRole(stepTo(endpoint), master, "me", effectsFor(null, changes));
}

const not = 'The role arn:aws:iam::111122223333:role/a (~/.aws/config:3) was not assumed for profile "a":';

describe("assumeRole", () => {
  it("asks with the given credentials and everything that the step says", async () => {
    await withLocalSts(
      assumed,
      async (sts) => {
        assert.deepEqual(await assume(sts.url), {
          accessKeyId: "ASIA-a",
          secretAccessKey: "secret-a",
          sessionToken: "token-a",
          expiration: new Date("2030-05-17T13:00:00Z"),
        });
        assert.deepEqual(sts.calls, [
          {
            accessKeyId: "AKIACANARYMASTER",
            region: "eu-west-1",
            sessionToken: "canary-token-master",
            signed: true,
            fields: {
              Action: "AssumeRole",
              Version: "2011-06-15",
              RoleArn: "arn:aws:iam::111122223333:role/a",
              RoleSessionName: "me",
              ExternalId: "ext:1",
              DurationSeconds: "900",
            },
          },
        ]);
      },
      known,
    );
  });

  it("leaves out what the step does not say", async () => {
    await withLocalSts(assumed, async (sts) => {
      const step = { ...stepTo(sts.url), externalId: null, durationSeconds: null };
      await assumeRole(step, master, "me", effectsFor(null));
      assert.deepEqual(Object.keys(sts.calls[0]?.fields ?? {}).sort(), [
        "Action",
        "RoleArn",
        "RoleSessionName",
        "Version",
      ]);
    });
  });

  it("leaves no connection open", async () => {
    await withLocalSts(assumed, async (sts) => {
      await assume(sts.url);
      await new Promise(setImmediate);
      await waitFor(() => sts.openSockets() === 0);
    });
  });

  it("makes a session name from the time when nobody named the session", () => {
    const step = stepTo("https://sts");
    assert.equal(sessionNameOf(step, noon), `awsreq-${noon.getTime()}`);
    assert.equal(sessionNameOf({ ...step, sessionName: "mine" }, noon), "mine");
  });

  const answers: readonly (readonly [status: number, code: string, says: string])[] = [
    [403, "AccessDenied", "the credentials that asked may not assume the role (AccessDenied, status 403)."],
    [403, "ExpiredToken", "the credentials that asked for the role have expired (ExpiredToken, status 403)."],
    [
      403,
      "InvalidClientTokenId",
      "STS does not know the access key id that asked (InvalidClientTokenId, status 403).",
    ],
    [400, "ValidationError", "STS does not take one of the values (ValidationError, status 400)."],
    [400, "SomethingNew", "STS refused (SomethingNew, status 400)."],
    [429, "Throttling", "STS is being asked too often (Throttling, status 429)."],
    [500, "InternalFailure", "STS failed (InternalFailure, status 500)."],
    [503, "ServiceUnavailable", "STS failed (ServiceUnavailable, status 503)."],
  ];
  for (const [status, code, says] of answers) {
    it(`fault 102: ${status} ${code}`, async () => {
      await withLocalSts(echoing(status, code), async (sts) => {
        const error = await refusal(() => assume(sts.url));
        const { cause } = error;
        assert.deepEqual(
          { code: error.code, phase: error.phase, message: error.message, cause },
          { code: "E_STS", phase: "credentials", message: `${not} ${says}`, cause: { code, status } },
        );
        assertHoldsNone(error, secrets);
        assert.equal(sts.calls.length, 1);
      });
    });
  }

  it("fault 102: RegionDisabledException points at the region", async () => {
    await withLocalSts(echoing(403, "RegionDisabledException"), async (sts) => {
      const { hint } = await refusal(() => assume(sts.url));
      assert.equal(
        hint,
        "Give the profile another region, or activate STS there in the IAM account settings.",
      );
    });
  });

  it("fault 102: asks as often as allowed, and takes a late yes", async () => {
    const late = (call: StsCall, count: number) =>
      count < 2 ? refused(500, "InternalFailure") : assumed(call);
    await withLocalSts(late, async (sts) => {
      assert.equal((await assume(sts.url, { stsAttempts: 2 })).accessKeyId, "ASIA-a");
      assert.equal(sts.calls.length, 2);
    });
  });

  for (const body of ["<html>no</html>", "", "<a", '{"message":"canary-secret-master"}']) {
    it(`fault 102: a 502 with ${JSON.stringify(body)} instead of STS's XML`, async () => {
      await withLocalSts(
        () => ({ status: 502, body }),
        async (sts) => {
          const error = await refusal(() => assume(sts.url));
          assert.equal(error.code, "E_STS");
          assert.match(error.message, /status 502/);
          assertHoldsNone(error, secrets);
        },
      );
    });
  }

  it("fault 102: an answer without credentials", async () => {
    await withLocalSts(
      () => ({ status: 200, body: "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>" }),
      async (sts) => {
        const { code, message } = await refusal(() => assume(sts.url));
        assert.equal(code, "E_STS");
        assert.match(message, /: the answer was not one that STS gives \(CredentialsProviderError\)\.$/);
      },
    );
  });

  it("fault 102: no answer within the time-out", async () => {
    await withLocalSts(
      () => null,
      async (sts) => {
        const error = await refusal(() => assume(sts.url, { stsTimeout: 80 }));
        assert.equal(error.message, `${not} STS at ${new URL(sts.url).host} gave no answer within 0.08 s.`);
        await waitFor(() => sts.openSockets() === 0);
      },
    );
  });

  it("fault 102: nobody listens", async () => {
    const url = await withLocalSts(assumed, async (sts: LocalSts) => sts.url);
    const error = await refusal(() => assume(url));
    assert.equal(error.message, `${not} STS at ${new URL(url).host} could not be asked (ECONNREFUSED).`);
    assertHoldsNone(error, secrets);
  });

  it("fault 91: ends within 200 ms when cancelled, asks no more and leaves no connection", async () => {
    await withLocalSts(
      () => null,
      async (sts) => {
        const cancel = new AbortController();
        const pending = refusal(() => assume(sts.url, { signal: cancel.signal, stsAttempts: 3 }));
        await sts.called;
        const begin = performance.now();
        cancel.abort();
        assert.equal((await pending).code, "E_CANCELLED");
        assert.ok(performance.now() - begin < 200);
        await waitFor(() => sts.openSockets() === 0);
        // A retry would come within the SDK's first back-off of 100 ms.
        await new Promise((resolve) => setTimeout(resolve, 250));
        assert.equal(sts.calls.length, 1);
      },
    );
  });

  it("does not load the SDK once cancelled", async () => {
    const signal = AbortSignal.abort();
    const loadAws = () => new Promise<never>(() => {});
    assert.equal(
      (await refusal(() => assume("http://127.0.0.1:1", { signal, loadAws }))).code,
      "E_CANCELLED",
    );
  });
});

/** A refusal whose text gives back all that the server knows, as a hostile one would. */
function echoing(status: number, code: string): (call: StsCall) => StsAnswer {
  return (call) => refused(status, code, `${call.accessKeyId} ${call.sessionToken} canary-secret-master`);
}

async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 1000;
  while (!condition()) {
    assert.ok(performance.now() < deadline, "it did not come true within a second");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
