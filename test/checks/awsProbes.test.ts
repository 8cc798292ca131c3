import assert from "node:assert/strict";
import type { Refused } from "../../src/checks/refused.ts";
import { anna, answer, awsError, caller, refusedFor, resultOf, run } from "./refusals.ts";

const who = "sts eu-west-1 GetCallerIdentity";
const goodCredentials = [
  "cred-invalid-key",
  "cred-missing-session-token",
  "cred-expired-token",
  "sig-wrong-secret",
];

describe("the check of the caller", () => {
  const refused = refusedFor(["cred-invalid-key"]);

  it("rules out the credentials when STS knows them", async () => {
    assert.deepEqual(await resultOf("caller", refused, { answers: { [who]: caller() } }), {
      id: "caller",
      title: "Do the credentials hold?",
      outcome: "passed",
      shown: `AWS knows the credentials: they are ${anna}.`,
      rulesOut: [...goodCredentials, "cred-wrong-partition"],
      speaksFor: [],
    });
  });

  it("speaks for another partition when the keys are good there", async () => {
    const china = refusedFor(["cred-invalid-key"], {
      signedFor: { service: "execute-api", region: "cn-north-1" },
    });
    const { outcome, rulesOut, speaksFor } = await resultOf("caller", china, {
      answers: { [who]: caller() },
    });
    assert.deepEqual([outcome, rulesOut, speaksFor], ["failed", goodCredentials, ["cred-wrong-partition"]]);
  });

  const temporary = { temporary: true, hasToken: false, account: null, role: null };
  const refusals: readonly (readonly [
    code: string,
    message: string,
    cause: string,
    changes: Partial<Refused>,
  ])[] = [
    ["InvalidClientTokenId", "no", "cred-invalid-key", {}],
    ["InvalidClientTokenId", "no", "cred-missing-session-token", { credentials: temporary }],
    ["ExpiredToken", "no", "cred-expired-token", {}],
    ["ExpiredTokenException", "no", "cred-expired-token", {}],
    ["SignatureDoesNotMatch", "The request signature we calculated", "sig-wrong-secret", {}],
    ["SignatureDoesNotMatch", "Signature expired: A is now earlier than B", "clock-behind", {}],
    ["SignatureDoesNotMatch", "Signature not yet current: A", "clock-ahead", {}],
    ["RegionDisabledException", "no", "cred-region-not-enabled", {}],
  ];
  for (const [code, message, cause, changes] of refusals) {
    it(`speaks for ${cause} when STS says ${code}: ${message}`, async () => {
      const world = { answers: { [who]: awsError(403, code, message) } };
      const { outcome, shown, rulesOut, speaksFor } = await resultOf(
        "caller",
        { ...refused, ...changes },
        world,
      );
      assert.deepEqual([outcome, rulesOut, speaksFor], ["failed", [], [cause]]);
      assert.equal(
        shown,
        `STS at sts.eu-west-1.amazonaws.com does not take the credentials either: ${code}.`,
      );
    });
  }

  it("tells nothing when the answer is not one of STS's, or STS fails", async () => {
    const odd = [
      answer(200, "<html>hello</html>"),
      answer(503, "busy"),
      awsError(500, "InternalFailure"),
      awsError(403, "AccessDenied"),
      awsError(400, "Throttling"),
    ];
    for (const said of odd) {
      const { outcome, rulesOut, speaksFor } = await resultOf("caller", refused, {
        answers: { [who]: said },
      });
      assert.deepEqual([outcome, rulesOut, speaksFor], ["unknown", [], []]);
    }
  });

  it("says who could not be reached", async () => {
    const { outcome, shown } = await resultOf("caller", refused, {});
    assert.deepEqual([outcome, shown], ["unknown", `nobody at ${who}.`]);
  });

  it("does not take a key for unknown that may be of another partition", async () => {
    const either = refusedFor(["cred-wrong-partition", "cred-invalid-key"]);
    const world = { answers: { [who]: awsError(403, "InvalidClientTokenId") } };
    const { speaksFor } = await resultOf("caller", either, world);
    assert.deepEqual(speaksFor, ["cred-invalid-key", "cred-wrong-partition"]);
  });
});

describe("the check of the region", () => {
  const refused = refusedFor(["cred-region-not-enabled", "cred-invalid-key"]);
  const [there, first] = ["sts eu-south-1 GetCallerIdentity", "sts us-east-1 GetCallerIdentity"];
  const unknownKey = awsError(403, "InvalidClientTokenId");

  it("passes where STS in the region takes the credentials", async () => {
    const result = await resultOf("region", refused, { answers: { [there]: caller() } });
    assert.equal(result.outcome, "passed");
    assert.ok(result.rulesOut.includes("cred-region-not-enabled"));
  });

  it("speaks for the region when the keys are good elsewhere", async () => {
    const world = { answers: { [there]: unknownKey, [first]: caller() } };
    const { outcome, shown, rulesOut, speaksFor } = await resultOf("region", refused, world);
    assert.deepEqual(
      [outcome, shown, rulesOut, speaksFor],
      [
        "failed",
        "STS in us-east-1 takes the credentials, in eu-south-1 it says InvalidClientTokenId.",
        ["cred-invalid-key", "cred-missing-session-token", "cred-expired-token"],
        ["cred-region-not-enabled"],
      ],
    );
  });

  it("speaks for the key when no region takes it", async () => {
    const world = { answers: { [there]: unknownKey, [first]: unknownKey } };
    const { outcome, rulesOut, speaksFor } = await resultOf("region", refused, world);
    assert.deepEqual(
      [outcome, rulesOut, speaksFor],
      ["failed", ["cred-region-not-enabled"], ["cred-invalid-key"]],
    );
  });

  it("tells nothing when one of both does not say", async () => {
    const worlds = [
      { [there]: answer(503, "busy"), [first]: caller() },
      { [there]: unknownKey, [first]: answer(503, "busy") },
      { [there]: awsError(403, "SignatureDoesNotMatch"), [first]: caller() },
    ];
    for (const answers of worlds)
      assert.equal((await resultOf("region", refused, { answers })).outcome, "unknown");
  });

  it("shares what the check of the caller asked", async () => {
    const { asked } = await run(refused, { answers: { [there]: unknownKey, [first]: caller() } });
    assert.equal(asked.length, 2);
  });
});

describe("the check of the encoded message", () => {
  const body = `You are not authorized to perform this operation. Encoded authorization failure message: ${"aB-_".repeat(30)}`;
  const refused = refusedFor(["iam-no-identity-allow"], { answer: { status: 403, headers: [], body } });
  const decode = "sts eu-west-1 DecodeAuthorizationMessage";
  const decoded = (message: unknown) => {
    const text = JSON.stringify(message).replaceAll('"', "&quot;");
    return answer(200, `<R><DecodedMessage>${text}</DecodedMessage></R>`);
  };

  it("sends the message and reads an explicit deny, with its statement", async () => {
    const said = decoded({
      allowed: false,
      explicitDeny: true,
      matchedStatements: { items: [{ statementId: "NoBigOnes", effect: "DENY" }] },
      context: { action: "ec2:RunInstances", resource: "arn:aws:ec2:us-east-1:111122223333:instance/*" },
    });
    const { results, asked } = await run(refused, { answers: { [decode]: said } }, ["decode"]);
    assert.deepEqual(
      results.map(({ outcome, shown, rulesOut, speaksFor }) => ({ outcome, shown, rulesOut, speaksFor })),
      [
        {
          outcome: "failed",
          shown:
            'ec2:RunInstances on arn:aws:ec2:us-east-1:111122223333:instance/* is denied by the statement "NoBigOnes" of a policy.',
          rulesOut: ["iam-no-identity-allow", "iam-no-resource-allow"],
          speaksFor: ["iam-explicit-deny-identity"],
        },
      ],
    );
    const [question] = asked;
    assert.equal(question?.kind === "aws" ? question.form["EncodedMessage"] : null, "aB-_".repeat(30));
  });

  it("reads that nothing allows it", async () => {
    const said = decoded({ allowed: false, explicitDeny: false, context: { action: "ec2:RunInstances" } });
    const { shown, speaksFor } = await resultOf("decode", refused, { answers: { [decode]: said } });
    assert.equal(shown, "ec2:RunInstances is allowed by no policy.");
    assert.deepEqual(speaksFor, ["iam-no-identity-allow"]);
  });

  it("says what it takes when the caller may not, and that it cannot read what is no message", async () => {
    const cases = [
      [
        awsError(403, "AccessDenied"),
        "The caller may not decode the message: that takes sts:DecodeAuthorizationMessage.",
      ],
      [
        awsError(400, "InvalidAuthorizationMessageException"),
        "STS did not decode the message (InvalidAuthorizationMessageException).",
      ],
      [answer(502, ""), "STS did not decode the message (status 502)."],
      [answer(200, "<R/>"), "STS decoded the message, but it cannot be read."],
      [decoded([1]), "STS decoded the message, but it cannot be read."],
    ] as const;
    for (const [said, sentence] of cases) {
      const { outcome, shown } = await resultOf("decode", refused, { answers: { [decode]: said } });
      assert.deepEqual([outcome, shown], ["unknown", sentence]);
    }
  });
});
