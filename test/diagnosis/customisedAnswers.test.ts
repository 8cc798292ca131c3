import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";

function causesOf(value: unknown): readonly string[] {
  const input = readDiagnosisInput(value);
  assert.ok(input);
  return diagnose(input).map(({ cause }) => cause);
}

/** What a gateway response is called that somebody gave another body and another status. */
const rows: readonly (readonly [type: string, status: number, cause: string])[] = [
  ["ExpiredTokenException", 403, "cred-expired-token"],
  ["InvalidSignatureException", 400, "sig-wrong-secret"],
  ["UnrecognizedClientException", 403, "cred-invalid-key"],
  ["MissingAuthenticationTokenException", 404, "wrong-path-or-method"],
  ["IncompleteSignatureException", 403, "auth-header-malformed"],
  ["ForbiddenException", 403, "apigw-api-key"],
  ["AccessDeniedException", 403, "iam-no-identity-allow"],
  ["UnauthorizedException", 401, "apigw-authorizer-identity-source"],
];

describe("a customised gateway response", () => {
  for (const [type, status, cause] of rows) {
    it(`still has its header: ${type}`, () => {
      const found = causesOf({
        status,
        headers: {
          "x-amzn-ErrorType": `${type}:http://internal.amazon.com/coral/x/`,
          "x-amz-apigw-id": "a=",
        },
        body: '{"error":"nope","help":"https://intranet.example/"}',
        service: "execute-api",
        request: { method: "GET", path: "/prod/pets", signed: true },
      });
      assert.equal(found[0], cause, found.join(", "));
    });
  }

  it("of an HTTP API's authorizer says which scheme it wants", () => {
    const found = causesOf({
      status: 401,
      headers: { "www-authenticate": "Bearer", "apigw-requestid": "a=" },
      body: '{"message":"Unauthorized"}',
      request: { host: "api.example.com", signed: true },
    });
    assert.equal(found[0], "apigw-authorizer-identity-source");
  });

  it("says nothing certain of an application behind a gateway, which has the gateway's id and no type", () => {
    for (const body of ['{"error":"forbidden"}', "<h1>403</h1>", '{"message":"You may not do that."}']) {
      const input = readDiagnosisInput({ status: 403, headers: { "x-amz-apigw-id": "a=" }, body });
      assert.ok(input);
      assert.deepEqual(
        diagnose(input).filter(({ certainty }) => certainty !== "possible"),
        [],
        body,
      );
    }
  });
});

describe("a denial across accounts", () => {
  const body = (account: string) =>
    `User: arn:aws:iam::111122223333:user/rex is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:${account}:q`;
  it("says that both sides have to allow", () => {
    const input = readDiagnosisInput({ status: 403, body: body("444455556666") });
    assert.ok(input);
    const [first, second] = diagnose(input);
    assert.deepEqual([first?.cause, second?.cause], ["iam-no-identity-allow", "iam-no-resource-allow"]);
    assert.ok(
      first?.evidence.some((text) => text.includes("both")),
      first?.evidence.join("; "),
    );
  });
  it("says nothing of the kind within one", () => {
    const input = readDiagnosisInput({ status: 403, body: body("111122223333") });
    assert.ok(input);
    assert.ok(!diagnose(input)[0]?.evidence.some((text) => text.includes("both")));
  });
});
