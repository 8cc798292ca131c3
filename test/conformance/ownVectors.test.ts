import assert from "node:assert/strict";
import { type SignOptions, sign } from "../../src/signing/sign.ts";
import type { Credentials } from "../../src/stages.ts";
import { vectors as given } from "./own-vectors.json";
import { dateOf, headersOf, targetOfWireUrl } from "./suite.ts";

interface Vector {
  readonly id: string;
  readonly input: {
    readonly mode: "header" | "presign";
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: { readonly text?: string; readonly base64?: string } | null;
    readonly service: string;
    readonly region: string;
    readonly credentials: Credentials;
    readonly date: string;
    readonly expires: number | null;
    readonly options: Omit<SignOptions, "mode" | "expires">;
  };
  readonly expected: {
    readonly canonicalRequest: string;
    readonly stringToSign: string;
    readonly signature: string;
  };
}

const vectors = given as readonly unknown[] as readonly Vector[];

function bodyOf(body: Vector["input"]["body"]): Buffer {
  if (body?.base64 !== undefined) return Buffer.from(body.base64, "base64");
  return Buffer.from(body?.text ?? "", "utf8");
}

describe("the project's own vectors, signed", () => {
  for (const { id, input, expected } of vectors) {
    it(id, async () => {
      const target = targetOfWireUrl(input.url);
      const headers = headersOf(target, input.headers);
      const { trace } = await sign(
        { method: input.method, target, headers, body: bodyOf(input.body) },
        input.credentials,
        { region: input.region, regionSource: "vector", service: input.service, serviceSource: "vector" },
        { ...input.options, mode: input.mode, ...(input.expires === null ? {} : { expires: input.expires }) },
        dateOf(input.date),
      );
      assert.deepEqual(
        [trace?.canonicalRequest, trace?.stringToSign, trace?.signature],
        [expected.canonicalRequest, expected.stringToSign, expected.signature],
      );
    });
  }
});
