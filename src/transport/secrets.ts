import type { SignedRequest } from "../stages.ts";

const secretName = /auth|cookie|token|key|secret|password|credential|signature/i;

/** What of a request must not come back in an error's text when a peer echoes it. */
export function secretsOf(request: SignedRequest, proxyAuthorization: string | null): readonly string[] {
  const values = request.headers.filter(({ name }) => secretName.test(name)).map(({ value }) => value);
  const { query } = request.target;
  if (query !== null && secretName.test(query)) values.push(query);
  if (proxyAuthorization !== null) values.push(proxyAuthorization);
  return values;
}
