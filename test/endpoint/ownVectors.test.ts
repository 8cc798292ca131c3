import assert from "node:assert/strict";
import { type VerifyOptions, verifySignature } from "../../src/endpoint/verify.ts";
import { assertAccepted, dateOf, type Expected, readOwnVectors, type TextHeaders, wire } from "./vectors.ts";

interface OwnVector {
  readonly id: string;
  readonly input: {
    readonly method: string;
    readonly body: { readonly text: string } | { readonly base64: string } | null;
    readonly service: string;
    readonly region: string;
    readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
    readonly date: string;
    readonly options: Pick<VerifyOptions, "normalizePath" | "doubleEncode" | "tokenAfterSigning">;
  };
  readonly expected: Expected;
  readonly wire: { readonly target: string; readonly headers: TextHeaders };
}

const { vectors } = readOwnVectors<{ vectors: readonly OwnVector[] }>();

function bodyOf({ body }: OwnVector["input"]): Uint8Array {
  if (body === null) return new Uint8Array();
  return "text" in body ? Buffer.from(body.text, "utf8") : Buffer.from(body.base64, "base64");
}

describe("the endpoint against the project's own vectors", () => {
  for (const { id, input, expected, wire: sent } of vectors) {
    it(id, () => {
      const { normalizePath, doubleEncode, tokenAfterSigning } = input.options;
      const options: VerifyOptions = {
        credentials: (given) => (given === input.credentials.accessKeyId ? input.credentials : null),
        region: input.region,
        service: input.service,
        now: dateOf(input.date),
        ...(normalizePath === undefined ? {} : { normalizePath }),
        ...(doubleEncode === undefined ? {} : { doubleEncode }),
        ...(tokenAfterSigning === undefined ? {} : { tokenAfterSigning }),
      };
      const request = wire(input.method, sent.target, sent.headers, bodyOf(input));
      assertAccepted(verifySignature(request, options), expected);
    });
  }

  it("has them all, each under its own name", () => {
    assert.equal(new Set(vectors.map((vector) => vector.id)).size, 53);
  });
});
