import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type RawRequest, toByteString } from "../../src/endpoint/rawRequest.ts";
import type { Verdict } from "../../src/endpoint/verify.ts";

/** What a vector expects of a verifier. */
export interface Expected {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
}

/** Headers as text, in order. */
export type TextHeaders = readonly (readonly [name: string, value: string])[];

/** A vector file beside the checkout, parsed; null in a clone that stands alone. */
export function readSharedVectors<T>(name: string): T | null {
  const file = resolve(__dirname, "../../../shared/vectors", name);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : null;
}

/** The project's own vectors. */
export function readOwnVectors<T>(): T {
  return JSON.parse(readFileSync(resolve(__dirname, "../conformance/own-vectors.json"), "utf8")) as T;
}

/** A request as a server would receive it, from text. */
export function wire(method: string, target: string, headers: TextHeaders, body: Uint8Array): RawRequest {
  return {
    method,
    target: toByteString(target),
    headers: headers.map(([name, value]) => [name, toByteString(value)]),
    body,
  };
}

/** `20150830T123600Z` as a Date. */
export function dateOf(basic: string): Date {
  return new Date(basic.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

/** Asserts that a signature was accepted, and for the very texts that the vector gives. */
export function assertAccepted(verdict: Verdict, expected: Expected): void {
  assert.ok(verdict.ok, JSON.stringify(verdict, null, 1));
  const { canonicalRequest, stringToSign, signature } = verdict;
  assert.deepEqual(
    { canonicalRequest, stringToSign, signature },
    {
      canonicalRequest: expected.canonicalRequest,
      stringToSign: expected.stringToSign,
      signature: expected.signature,
    },
  );
}
