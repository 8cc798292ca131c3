import assert from "node:assert/strict";
import type { Identity } from "../../src/stages.ts";
import { expiryNote } from "../../src/trip/whoSigns.ts";

const noon = new Date("2030-05-17T12:00:00.000Z");

function identityUntil(expires: Date | null): Identity {
  return {
    profile: "dev",
    source: "pets.awsreq:1",
    kind: "credential process",
    role: null,
    credentials: { accessKeyId: "AKIA", secretAccessKey: "s" },
    account: null,
    arn: null,
    expires,
  };
}

const inSeconds = (seconds: number) => new Date(noon.getTime() + seconds * 1000);

describe("fault 103: credentials that end", () => {
  it("are no word worth while they are good for five minutes, or for ever", () => {
    assert.equal(expiryNote(identityUntil(null), noon), null);
    assert.equal(expiryNote(identityUntil(inSeconds(301)), noon), null);
  });

  it("are noted when they end sooner", () => {
    assert.equal(
      expiryNote(identityUntil(inSeconds(90)), noon),
      'The credentials of profile "dev" end in 90 s.',
    );
  });

  it("stop the request when they ended between resolving and sending", () => {
    assert.throws(() => expiryNote(identityUntil(inSeconds(-1)), noon), {
      name: "UserError",
      code: "E_CREDENTIALS_EXPIRED",
      message:
        'The credentials of profile "dev" (chosen by pets.awsreq:1) ended at 2030-05-17T11:59:59.000Z, before the request could go out; nothing was sent.',
    });
  });
});
