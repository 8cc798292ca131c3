import type { RequestBody } from "../requestBody.ts";
import type { Header, ResolvedRequest, SignedRequest, SigningTrace } from "../stages.ts";
import { canonicalPath } from "./canonicalPath.ts";

/** One line of something that was signed: what it is and where it comes from, in words. */
export interface BreakdownLine {
  readonly text: string;
  readonly label: string;
  readonly source: string;
}

/** The same part of the URL at three stages: as written in the file, as sent, as signed. */
export interface ThreeForms {
  readonly typed: string;
  readonly sent: string;
  readonly signed: string;
}

/** How a signature came about, ready to be shown. Holds the session token if there is one: redact before showing. */
export interface SigningBreakdown {
  readonly path: ThreeForms;
  readonly query: ThreeForms;
  readonly canonicalRequest: readonly BreakdownLine[];
  readonly stringToSign: readonly BreakdownLine[];
  /** Each HMAC of the key's derivation by name; never a derived value. */
  readonly signingKey: readonly BreakdownLine[];
  readonly authorization: readonly BreakdownLine[];
}

type Signed = Pick<SignedRequest, "headers" | "target"> & { readonly trace: SigningTrace };

/**
 * Labels every line of what was signed.
 * @param request the request before signing, for what was typed
 * @param fileName shown in places such as `pets.awsreq:5`
 */
export function signingBreakdown(
  request: Pick<ResolvedRequest, "target" | "line" | "body">,
  signed: Signed,
  fileName: string,
): SigningBreakdown {
  const { trace } = signed;
  const lines = trace.canonicalRequest.split("\n");
  const typed = typedParts(request.target.typed);
  return {
    path: { typed: typed.path, sent: signed.target.path, signed: lines[1] ?? "" },
    query: { typed: typed.query, sent: signed.target.query ?? "", signed: lines[2] ?? "" },
    canonicalRequest: canonicalRequestLines(lines, request, signed, fileName),
    stringToSign: stringToSignLines(trace),
    signingKey: signingKeyLines(trace),
    authorization: trace.mode === "presign" ? presignLines(trace) : authorizationLines(trace),
  };
}

function canonicalRequestLines(
  lines: readonly string[],
  request: Pick<ResolvedRequest, "line" | "body">,
  signed: Signed,
  fileName: string,
): BreakdownLine[] {
  const [method = "", path = "", query = ""] = lines;
  const requestLine = `${fileName}:${request.line + 1}`;
  const headers = lines.slice(3, -3);
  const presigned = signed.trace.mode === "presign";
  return [
    { text: method, label: "method", source: requestLine },
    { text: path, label: "canonical path", source: pathSource(requestLine, signed.target.path, path) },
    {
      text: query,
      label: "canonical query",
      source: presigned
        ? `${requestLine}, and the signature's own parameters`
        : querySource(requestLine, query),
    },
    ...headers.map((text) => headerLine(text, signed.headers, fileName)),
    { text: "", label: "end of headers", source: "" },
    { text: lines[lines.length - 2] ?? "", label: "signed headers", source: "the names above, sorted" },
    {
      text: lines[lines.length - 1] ?? "",
      label: "payload hash",
      source: payloadSource(signed.trace, request.body),
    },
  ];
}

function pathSource(requestLine: string, sent: string, signed: string): string {
  if (sent === signed) return `${requestLine}, signed as sent`;
  const once = canonicalPath(sent, { normalizePath: false, doubleEncode: true });
  return once === signed
    ? `${requestLine}, encoded once more, as the service does`
    : `${requestLine}, encoded and normalised as the service does`;
}

function querySource(requestLine: string, query: string): string {
  return query === "" ? "no query" : `${requestLine}, encoded and sorted`;
}

/** Where the headers that signing adds come from. */
const addedHeaders: ReadonlyMap<string, string> = new Map([
  ["x-amz-date", "time of signing (UTC)"],
  ["x-amz-security-token", "session token of the credentials"],
  ["x-amz-content-sha256", "the payload hash, sent so that the service can check it"],
  ["host", "host of the URL"],
]);

function headerLine(text: string, headers: readonly Header[], fileName: string): BreakdownLine {
  const name = text.slice(0, text.indexOf(":"));
  const typed = headers.filter((header) => header.origin === "typed" && header.name.toLowerCase() === name);
  const places = typed.flatMap(({ range }) =>
    range === undefined ? [] : [`${fileName}:${range.start.line + 1}`],
  );
  const source = places.length > 0 ? places.join(", ") : (addedHeaders.get(name) ?? "the request");
  return { text, label: `header ${name}`, source };
}

function payloadSource(trace: SigningTrace, body: RequestBody): string {
  if (trace.payloadHash === "UNSIGNED-PAYLOAD") return "the body is not part of the signature";
  return body.length === 0
    ? "SHA-256 of the empty body"
    : `SHA-256 of the ${body.length} byte${body.length === 1 ? "" : "s"} of the body`;
}

function stringToSignLines(trace: SigningTrace): BreakdownLine[] {
  const { algorithm, date, credentialScope, canonicalRequestHash } = trace;
  return [
    { text: algorithm, label: "algorithm", source: "Signature Version 4" },
    {
      text: date,
      label: "date",
      source: trace.mode === "presign" ? "X-Amz-Date parameter" : "X-Amz-Date header",
    },
    { text: credentialScope, label: "credential scope", source: "date / region / service / aws4_request" },
    {
      text: canonicalRequestHash,
      label: "canonical request hash",
      source: "SHA-256 of the canonical request",
    },
  ];
}

function signingKeyLines({ date, scope }: SigningTrace): BreakdownLine[] {
  return [
    {
      text: `HMAC("AWS4" + secret access key, "${date.slice(0, 8)}")`,
      label: "date key",
      source: "date of signing (UTC)",
    },
    { text: `HMAC(date key, "${scope.region}")`, label: "region key", source: scope.regionSource },
    { text: `HMAC(region key, "${scope.service}")`, label: "service key", source: scope.serviceSource },
    { text: 'HMAC(service key, "aws4_request")', label: "signing key", source: "fixed" },
    { text: "hex(HMAC(signing key, string to sign))", label: "signature", source: "hexadecimal" },
  ];
}

function authorizationLines(trace: SigningTrace): BreakdownLine[] {
  const credential = /Credential=([^,]*)/.exec(trace.authorization ?? "")?.[1] ?? "";
  return [
    { text: trace.algorithm, label: "algorithm", source: "Signature Version 4" },
    { text: `Credential=${credential}`, label: "credential", source: "access key id / credential scope" },
    {
      text: `SignedHeaders=${trace.signedHeaders.join(";")}`,
      label: "signed headers",
      source: "canonical request",
    },
    { text: `Signature=${trace.signature}`, label: "signature", source: "signing key and string to sign" },
  ];
}

function presignLines(trace: SigningTrace): BreakdownLine[] {
  return [
    {
      text: `X-Amz-Expires=${trace.expires ?? ""}`,
      label: "life of the URL in seconds",
      source: "asked for, or the default",
    },
    {
      text: `X-Amz-SignedHeaders=${trace.signedHeaders.join(";")}`,
      label: "signed headers",
      source: "canonical request",
    },
    {
      text: `X-Amz-Signature=${trace.signature}`,
      label: "signature",
      source: "signing key and string to sign",
    },
  ];
}

/** Path and query of the URL as typed; a target such as `/path` has no scheme to skip. */
function typedParts(typed: string): { path: string; query: string } {
  const withoutOrigin = typed.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "").replace(/#.*$/s, "");
  const mark = withoutOrigin.indexOf("?");
  return mark < 0
    ? { path: withoutOrigin, query: "" }
    : { path: withoutOrigin.slice(0, mark), query: withoutOrigin.slice(mark + 1) };
}
