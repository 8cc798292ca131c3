import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";
import { unreadRefusal } from "../../src/diagnosis/unreadRefusal.ts";
import { json, xml } from "./caseShapes.ts";
import { negatives } from "./negatives.ts";

function unread(value: object): string | null {
  const input = readDiagnosisInput(value);
  assert.ok(input);
  return diagnose(input).length > 0 ? null : unreadRefusal(input);
}

const unknown: readonly (readonly [name: string, value: object, expected: RegExp])[] = [
  [
    "JSON with a type",
    {
      status: 400,
      body: json("2 validation errors detected", { __type: "com.amazon.coral#ValidationException" }),
    },
    /refused the request \(400 ValidationException\).*"2 validation errors detected"/,
  ],
  [
    "a type in the header alone",
    { status: 403, headers: { "x-amzn-errortype": "NoSuchThingException" }, body: "" },
    /refused the request \(403 NoSuchThingException\), for a reason that is not known here\.$/,
  ],
  [
    "S3's XML",
    {
      status: 400,
      body: xml("InvalidRequest", "The authorization mechanism you have provided is not supported."),
    },
    /\(400 InvalidRequest\).*"The authorization mechanism/,
  ],
  [
    "what a client passes on",
    {
      body: "An error occurred (ForbiddenException) when calling the GetRoleCredentials operation: No access",
    },
    /\(ForbiddenException\).*No access/,
  ],
  [
    "a host of AWS",
    { status: 401, body: '{"message":"nope"}', request: { host: "a1.execute-api.eu-west-1.amazonaws.com" } },
    /\(401\).*"nope"/,
  ],
];

describe("a refusal of AWS of which no cause is known", () => {
  for (const [name, value, expected] of unknown) {
    it(`${name}: is said to be one`, () => assert.match(unread(value) ?? "", expected));
  }

  it("is not made of what AWS did not refuse", () => {
    for (const negative of negatives) assert.equal(unread(negative), null, JSON.stringify(negative));
    const typed = { body: json("x", { __type: "a#B" }) };
    for (const status of [200, 204, 404, 429, 500]) assert.equal(unread({ status, ...typed }), null);
  });

  it("quotes a line, and nothing that cannot be seen", () => {
    const long = unread({ status: 400, body: json("x y ".repeat(2000), { __type: "a#BException" }) }) ?? "";
    assert.ok(long.length < 450 && long.endsWith('…".'), long);
    const token = "canary-token-0123456789";
    const echoed = json(`not taken: Bearer ${token} and ${token.repeat(3)}`, { __type: "a#BException" });
    assert.ok(!(unread({ status: 400, body: echoed }) ?? token).includes("canary"));
    const hidden = unread({ status: 400, body: json("a\u202eb", { __type: "a#BException" }) }) ?? "";
    assert.ok(hidden.endsWith("not known here."), hidden);
  });
});
