import assert from "node:assert/strict";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readCapture, readCapturedRequests } from "../../src/diagnosis/reading/readCapture.ts";

const document = { message: "Missing Authentication Token" };

describe("what is read of a capture", () => {
  it("a body of curl -v that is written over several lines, among curl's own lines", () => {
    const lines = [
      "* Connected to a.execute-api.eu-west-1.amazonaws.com",
      "> GET /prod/x HTTP/1.1",
      "> Host: a.execute-api.eu-west-1.amazonaws.com",
      "> ",
      "{ [48 bytes data]",
      "< HTTP/1.1 403 Forbidden",
      "< x-amzn-errortype: MissingAuthenticationTokenException",
      "< ",
      "{ [48 bytes data]",
      ...JSON.stringify(document, null, 2).split("\n"),
      "* Connection #0 to host left intact",
    ];
    const [input] = readCapture(lines.join("\n"));
    assert.ok(input);
    assert.deepEqual([input.status, JSON.parse(input.body)], [403, document]);
  });

  it("a curl command with JSON, and with options that are not known", () => {
    const url = "https://a.execute-api.eu-west-1.amazonaws.com/prod/x";
    const read = (options: string) => readCapturedRequests(`curl ${options} ${url}`)[0];
    const request = read(`--json '{"a":1}'`);
    assert.deepEqual([request?.method, request?.path, request?.body], ["POST", "/prod/x", '{"a":1}']);
    assert.deepEqual(request?.headers, [["Content-Type", "application/json"]]);
    assert.deepEqual(
      [read("--limit-rate 1k -sSL")?.method, read("--limit-rate 1k")?.path],
      ["GET", "/prod/x"],
    );
  });

  it("a HAR's body, encoded or not", () => {
    const text = JSON.stringify(document);
    const entry = (content: object) => ({
      request: { method: "GET", url: "https://a.execute-api.eu-west-1.amazonaws.com/prod/x", headers: [] },
      response: { status: 403, headers: [], content },
    });
    const encoded = { text: Buffer.from(text).toString("base64"), encoding: "base64" };
    const inputs = readCapture(JSON.stringify({ log: { entries: [entry({ text }), entry(encoded)] } }));
    for (const input of inputs) {
      assert.ok(input);
      assert.equal(input.body, text);
      // Nothing of an unsigned request tells one from the other.
      const causes = diagnose(input).map(({ cause }) => cause);
      assert.deepEqual(causes.toSorted(), ["unsigned-request", "wrong-path-or-method"]);
    }
    assert.equal(inputs.length, 2);
  });
});
