import type { Cause } from "../../src/diagnosis/causes/causes.ts";

/** An answer in the shape that AWS documents, and what it means. */
export interface CauseCase {
  readonly cause: Cause;
  readonly certainty: "proved" | "likely" | "possible";
  readonly input: object;
}

/** For the cases. */
export const json = (message: string, more: object = {}) => JSON.stringify({ message, ...more });
/** For the cases. */
export const xml = (code: string, message: string, more = "") =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message>${more}<RequestId>R</RequestId></Error>`;
/** For the cases. */
export const user = "User: arn:aws:iam::123456789012:user/anna is not authorized to perform:";
/** For the cases. */
export const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";
/** For the cases. */
export const api = {
  service: "execute-api",
  request: { host: "a1b2c3.execute-api.eu-west-1.amazonaws.com" },
};

/** For the cases. */
export const hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** A canonical request with some of its lines exchanged. */
function canonical(changes: Readonly<Record<string, string>> = {}): string {
  const line = {
    path: "/prod/pets",
    query: "a=1",
    host: "h",
    type: "text/plain",
    date: "20300101T000000Z",
    hash,
  };
  const { path, query, host, type, date, hash: payload, more = "" } = { ...line, ...changes };
  return `GET\n${path}\n${query}\ncontent-length:4\ncontent-type:${type}\nhost:${host}\nx-amz-date:${date}\n${more}\ncontent-length;content-type;host;x-amz-date\n${payload}`;
}

/** A mismatch whose echo differs from what we signed in these lines. */
export function echoing(
  cause: Cause,
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>> = {},
): CauseCase {
  const scope = "AWS4-HMAC-SHA256\n20300101T000000Z\n20300101/eu-west-1/execute-api/aws4_request\n";
  const body = json(
    `${mismatch}\n\nThe Canonical String for this request should have been\n'${canonical(theirs)}'\n\nThe String-to-Sign should have been\n'${scope}abc'\n`,
  );
  const signing = { canonicalRequest: canonical(ours), stringToSign: `${scope}def` };
  return { cause, certainty: "proved", input: { ...api, status: 403, body, signing } };
}

/** For the cases. */
export const likely = (cause: Cause, input: object): CauseCase => ({
  cause,
  certainty: "likely",
  input: { status: 403, ...input },
});
/** For the cases. */
export const possible = (cause: Cause, input: object): CauseCase => ({
  cause,
  certainty: "possible",
  input: { status: 403, ...input },
});
/** For the cases. */
export const client = (cause: Cause, body: string): CauseCase => ({
  cause,
  certainty: "likely",
  input: { status: null, service: "client", body },
});
/** For the cases. */
export const denied = (cause: Cause, clause: string, action = "s3:GetObject on resource: arn:aws:s3:::b/k") =>
  likely(cause, { body: json(`${user} ${action} ${clause}`) });
