import assert from "node:assert/strict";
import fc from "fast-check";
import { parseRequestFile } from "../../src/request/parse.ts";
import type { Resolution } from "../../src/request/resolve.ts";
import { resolveRequest } from "../../src/request/resolve.ts";
import type { Header, ResolvedRequest } from "../../src/stages.ts";
import { underlined } from "./documents.ts";
import { contextWith, heldBody } from "./resolving.ts";

const lines = [
  "###",
  "GET https://a.example/{{x}}",
  "POST https://{{x}}/y?z=1+2",
  "PUT /x",
  "Host: a.example",
  "Host: {{x}}",
  "Content-Length: 3",
  "Content-Type: application/x-www-form-urlencoded",
  "Accept:",
  "X-Y: {{%y}}",
  "{{x}}: 1",
  "@x = {{y}}",
  "@y = a b",
  "@x = localhost",
  "# @auth presign {{x}}",
  "# @region {{y}}",
  "# @timeout 5s",
  "",
  "",
  "abc",
  "{{$guid}} {{$randomInt 1 9}}",
  "< file",
  "é {{nowhere}}",
];

const anyText = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...lines) }, fc.string({ unit: "binary" })))
  .map((parts) => parts.join("\n"));
const anyValues = fc.dictionary(fc.constantFrom("x", "y"), fc.string({ unit: "binary" }));

/** Values of a header by its name, whatever its case. */
function valuesOf(headers: readonly Header[], name: string): readonly string[] {
  return headers.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
}

function assertSendable({ method, target, headers, body }: ResolvedRequest): void {
  assert.match(method, /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
  assert.match(`${target.path}${target.query ?? ""}`, /^\/[!-~]*$/);
  assert.match(target.authority, /^[a-z0-9._\-[\]:]+$/);
  assert.deepEqual(valuesOf(headers, "host"), [target.authority]);
  for (const { name, value } of headers) {
    assert.match(name, /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/);
    assert.doesNotMatch(value.replaceAll("\t", ""), /\p{Cc}|\p{Surrogate}/u);
  }
  const lengths = valuesOf(headers, "content-length");
  assert.ok(lengths.length <= 1 && lengths.every((length) => Number(length) === body.length));
  assert.ok(lengths.length === 1 || body.length === 0);
  assert.deepEqual(valuesOf(headers, "transfer-encoding"), []);
}

function assertResolved(text: string, { request, problems }: Resolution, isSigned: boolean): void {
  for (const { range } of problems) underlined(text, range);
  const hasError = problems.some(({ severity }) => severity === "error");
  assert.equal(request === null, hasError);
  if (request === null) return;
  assertSendable(request);
  if (isSigned) assert.doesNotMatch(request.target.query ?? "", /\+/);
}

describe("resolveRequest, any text and any variables", () => {
  it("gives a request that can be sent, or an error at a place in the file", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyValues, fc.boolean(), async (text, values, isSigned) => {
        const file = parseRequestFile(text);
        const context = contextWith({
          variables: new Map(Object.entries(values)),
          willSign: () => isSigned,
          readInclude: async () => Buffer.from("file"),
        });
        for (const block of file.requests) {
          assertResolved(text, await resolveRequest(file, block, context), isSigned);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("leaves no reference in what is sent", async () => {
    const text = "POST https://a.example/{{x}}?{{%x}}\nA: {{x}}\n\n{{x}}";
    const file = parseRequestFile(text);
    const [block] = file.requests;
    assert.ok(block !== undefined);
    await fc.assert(
      fc.asyncProperty(fc.stringMatching(/^[a-z{}%$ ]{0,20}$/), async (value) => {
        const context = contextWith({ variables: new Map([["x", value]]) });
        const { request } = await resolveRequest(file, block, context);
        assert.equal(Buffer.from(heldBody(request?.body ?? new Uint8Array())).toString("utf8"), value);
        assert.equal(request?.target.query, encodeURIComponent(value));
      }),
    );
  });
});
