import type { Redactor } from "../../guard/redactor.ts";
import type { HeaderRow, HeadersView, InterimHead } from "../../page/view.ts";
import { reasonText } from "../../shown/bodyText.ts";
import { sentValue } from "../../shown/tripRedactor.ts";
import type { ExchangeResponse, Field, Header, InterimResponse, SignedRequest } from "../../stages.ts";

/** Headers as sent and as received, redacted, with what the ones mean that AWS or the signature adds. */
export function headersView(
  signed: SignedRequest | null,
  response: ExchangeResponse | null,
  redactor: Redactor,
): HeadersView | null {
  if (signed === null) return null;
  const names = new Set(signed.trace?.signedHeaders ?? []);
  const interim = (response?.interim ?? []).map((head) => interimHead(head, redactor));
  const trailers = (response?.trailers ?? []).map((field) => redactedField(field, redactor));
  return {
    request: signed.headers.map((header) => sentRow(header, names, redactor)),
    response: response === null ? null : response.headers.map((field) => receivedRow(field, redactor)),
    trailers,
    ...(interim.length > 0 && { interim }),
  };
}

function interimHead({ status, statusText, headers }: InterimResponse, redactor: Redactor): InterimHead {
  return {
    status: `${status} ${reasonText(redactor.text(statusText))}`.trimEnd(),
    fields: headers.map((field) => redactedField(field, redactor)),
  };
}

function redactedField([name, value]: Field, redactor: Redactor): Field {
  return [redactor.text(name), redactor.field(name, value)];
}

const leftOut = "Added by default; typed empty, it is left out.";

/** What those headers are that nobody typed. */
const sentNotes: ReadonlyMap<string, string> = new Map([
  ["host", "From the URL."],
  ["user-agent", leftOut],
  ["accept", leftOut],
  ["accept-encoding", leftOut],
  ["connection", "Each request has a connection of its own."],
  ["content-length", "Bytes of the body."],
  ["authorization", "Built by signing; the Signing tab shows how."],
  [
    "x-amz-date",
    "The time of signing. A service refuses it when its own clock differs by more than minutes.",
  ],
  ["x-amz-security-token", "The session token, hidden here and signed with its full value."],
  ["x-amz-content-sha256", "The hash of the body, so that the service can check it."],
]);

const receivedNotes: ReadonlyMap<string, string> = new Map([
  ["x-amzn-requestid", "The request's id: search for it in CloudWatch logs, quote it to AWS Support."],
  ["x-amz-request-id", "The request's id: search for it in CloudTrail, quote it to AWS Support."],
  ["x-amz-id-2", "S3's second request id; AWS Support asks for both."],
  ["x-amzn-errortype", "The kind of error, by the service's own name."],
  ["x-amz-apigw-id", "API Gateway's extended request id, as in its access logs."],
  ["apigw-requestid", "API Gateway's request id, as in its access logs."],
  ["x-amzn-trace-id", "The X-Ray trace id."],
  ["x-amz-cf-id", "CloudFront's request id."],
  ["x-amz-cf-pop", "The CloudFront location that answered."],
  ["x-amz-bucket-region", "The region that the bucket lives in."],
  ["x-amzn-remapped-date", "The Date header of the service behind API Gateway."],
]);

function sentRow(header: Header, signed: ReadonlySet<string>, redactor: Redactor): HeaderRow {
  const name = header.name.toLowerCase();
  return {
    name: redactor.text(header.name),
    value: sentValue(header, redactor),
    note: header.origin === "typed" ? null : (sentNotes.get(name) ?? null),
    signed: signed.has(name),
    origin: header.origin,
  };
}

function receivedRow([name, value]: Field, redactor: Redactor): HeaderRow {
  return {
    name: redactor.text(name),
    value: redactor.field(name, value),
    note: receivedNotes.get(name.toLowerCase()) ?? null,
    signed: false,
    origin: "received",
  };
}
