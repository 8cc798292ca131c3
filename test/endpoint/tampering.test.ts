import assert from "node:assert/strict";
import { signedRequest, withHeader } from "./signedRequest.ts";
import { kindOf, refusalOf } from "./verifying.ts";

describe("tampering", () => {
  const header = signedRequest({
    method: "POST",
    path: "/prod/pets?type=dog",
    headers: { "Content-Type": "application/json" },
    body: '{"name":"rex"}',
  });
  const presigned = signedRequest({ path: "/prod/pets?type=dog", expires: 300 });

  function changedAt(text: string, at: number): string {
    const changed = String.fromCharCode(text.charCodeAt(at) ^ 1);
    return text.slice(0, at) + changed + text.slice(at + 1);
  }

  function everyChange(text: string): readonly string[] {
    return Array.from(text, (_, at) => changedAt(text, at));
  }

  it("accepts what is not tampered with", () => {
    assert.deepEqual([kindOf(header), kindOf(presigned)], ["accepted", "accepted"]);
  });

  it("refuses every change of one character of method, target and body", () => {
    for (const request of [header, presigned]) {
      const tampered = [
        ...everyChange(request.method).map((method) => ({ ...request, method })),
        ...everyChange(request.path).map((path) => ({ ...request, path })),
        ...everyChange(String(request.body)).map((body) => ({ ...request, body })),
        { ...request, body: `${request.body} ` },
      ];
      for (const one of tampered) {
        assert.notEqual(kindOf(one), "accepted", `${one.method} ${one.path} ${one.body}`);
      }
    }
  });

  it("refuses every change of one character of a signed header or of the signature", () => {
    for (const [name, value] of header.headers) {
      for (const changed of everyChange(value)) {
        // Another separator says the same.
        if (name === "Authorization" && changed.replace(/[ ,!-]+/g, " ") === value.replace(/[ ,!-]+/g, " "))
          continue;
        assert.notEqual(kindOf(withHeader(header, name, () => changed)), "accepted", `${name}: ${changed}`);
      }
      assert.notEqual(kindOf(withHeader(header, name, () => null)), "accepted", name);
    }
  });

  it("tells the canonical request of what was received", () => {
    const refusal = refusalOf({ ...header, path: "/prod/pets?type=cat" });
    assert.ok(refusal?.kind === "signatureMismatch");
    assert.equal(refusal.canonicalRequest.split("\n")[2], "type=cat");
  });
});
