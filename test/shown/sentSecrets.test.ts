import assert from "node:assert/strict";
import { sentSecrets } from "../../src/shown/sentSecrets.ts";
import { nobodysTrip, redactorOf } from "../../src/shown/tripRedactor.ts";
import type { Header, RequestTarget, ResolvedRequest } from "../../src/stages.ts";

/** The parts of a request in which secrets go out. */
function sending(headers: Readonly<Record<string, string>>, query: string | null = null) {
  return {
    headers: Object.entries(headers).map(([name, value]): Header => ({ name, value, origin: "typed" })),
    target: {
      scheme: "https:",
      host: "a.example",
      authority: "a.example",
      path: "/",
      query,
    } as RequestTarget,
  };
}

const basic = (pair: string): string => `Basic ${Buffer.from(pair).toString("base64")}`;

describe("the secrets that a request sends", () => {
  const rows: readonly (readonly [
    name: string,
    sent: ReturnType<typeof sending>,
    secrets: readonly string[],
  ])[] = [
    ["a Bearer token", sending({ Authorization: "Bearer abc.def" }), ["abc.def"]],
    ["a key without a scheme", sending({ authorization: "abcdef" }), ["abcdef"]],
    ["a key of its own header", sending({ "X-Api-Key": "abcdef" }), ["abcdef"]],
    ["a parameter", sending({}, "a=1&access_token=ab%2Fc"), ["ab/c"]],
    ["long cookies", sending({ Cookie: "theme=dark; session=0123456789" }), ["0123456789"]],
  ];
  for (const [name, sent, secrets] of rows) {
    it(`are ${name}`, () => assert.deepEqual(sentSecrets(sent), secrets));
  }

  it("are the password of a Basic header by itself too, which servers quote without the user's name", () => {
    for (const password of ["hunter-2-hunter", "with:colon:inside", "ünïcode-pass"]) {
      assert.ok(
        sentSecrets(sending({ Authorization: basic(`anna:${password}`) })).includes(password),
        password,
      );
    }
    assert.ok(sentSecrets(sending({ Authorization: "Basic anna hunter-2" })).includes("hunter-2"));
  });

  it("are hidden in whatever is told of the trip", () => {
    const request = { ...sending({ Authorization: basic("anna:hunter-2-hunter") }), settings: {} };
    const redactor = redactorOf({ ...nobodysTrip, request: request as unknown as ResolvedRequest });
    assert.equal(redactor.message("Wrong: hunter-2-hunter (for anna)."), "Wrong: ‹secret› (for anna).");
  });
});
