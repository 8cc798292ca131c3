import type { Refusal } from "../../src/endpoint/refusals.ts";
import { type Verdict, type VerifyOptions, verifySignature } from "../../src/endpoint/verify.ts";
import { bytesOf, keys, noon, type WireRequest } from "./signedRequest.ts";
import { wire } from "./vectors.ts";

/** What most tests accept. */
export const options: VerifyOptions = {
  credentials: (id) => (id === keys.accessKeyId ? keys : null),
  region: "us-east-1",
  service: "execute-api",
  now: noon,
};

/** Keys with a session token. */
export const temporary = { ...keys, sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE//==" };
/** Accepts nobody but `temporary`. */
export const knowsToken = { ...options, credentials: () => temporary };
/** Verifies for S3. */
export const s3Options = { ...options, service: "s3" };

/** The verdict on a request at noon. */
export function verify(request: WireRequest, given: Partial<VerifyOptions> = {}): Verdict {
  const raw = wire(request.method, request.path, request.headers, bytesOf(request.body));
  return verifySignature(raw, { ...options, ...given });
}

/** The refusal, or null when the request is accepted. */
export function refusalOf(request: WireRequest, given: Partial<VerifyOptions> = {}): Refusal | null {
  const verdict = verify(request, given);
  return verdict.ok ? null : verdict.refusal;
}

/** The refusal's kind, or "accepted". */
export function kindOf(request: WireRequest, given: Partial<VerifyOptions> = {}): string {
  return refusalOf(request, given)?.kind ?? "accepted";
}

/** The endpoint's clock, so many milliseconds after noon. */
export function at(ms: number): Partial<VerifyOptions> {
  return { now: new Date(noon.getTime() + ms) };
}

/** A request that nobody signed. */
export const unsigned = {
  method: "GET",
  path: "/prod/pets",
  headers: [["Host", "127.0.0.1:8998"]],
  body: "",
} as const;

/** A request with this Authorization header. */
export function authorized(authorization: string, withDate = true): WireRequest {
  const date = withDate ? ([["X-Amz-Date", "20260329T120000Z"]] as const) : [];
  return { ...unsigned, headers: [...unsigned.headers, ["Authorization", authorization], ...date] };
}
