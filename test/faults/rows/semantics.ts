import { answers, type FaultRow, passes, row } from "../faultRow.ts";

const shownOnly = passes("(redirects are not followed)");
const because = (cause: string) => answers(`(${cause})`);

/** What an answer means. */
export const semanticFaults: readonly FaultRow[] = [
  row(
    77,
    "The answer is a redirect",
    "Where it leads, as the server wrote it. Nobody goes there: not to the same host, and never to another with a signature, a cookie or an `x-amz-*` header. `@follow` is flagged, and not acted on yet.",
    "Write the new address into the request, if you trust it.",
    {
      "301": shownOnly,
      "302": shownOnly,
      "303": shownOnly,
      "307": shownOnly,
      "308": shownOnly,
      "to another host": shownOnly,
      "to another port": shownOnly,
      "from https to http": shownOnly,
      relative: shownOnly,
      "without a scheme": shownOnly,
      "with a fragment": shownOnly,
      "with blanks": shownOnly,
      "in UTF-8": shownOnly,
      "to http:///": shownOnly,
      "without Location": passes("302"),
      "with two Locations": shownOnly,
      "to itself": shownOnly,
      "with keys of the request in it": shownOnly,
      "with @follow": passes("@follow is part of the language, but this version does not act on it"),
    },
  ),
  row(
    78,
    "S3 names another endpoint or region",
    "The bucket's region or endpoint out of the answer, with the fix.",
    "Write the region or the host that is named.",
    {
      "307 TemporaryRedirect": shownOnly,
      "301 PermanentRedirect": passes("(s3-permanent-redirect)"),
      "400 AuthorizationHeaderMalformed": answers("(s3-wrong-region)"),
    },
  ),
  row(
    79,
    "AWS refuses the request",
    "What the answer means: causes, the likeliest first, each with what speaks for it and how to mend or check it. Every cause: [diagnosis.md](diagnosis.md). Tokens that AWS says again are masked.",
    "What the finding says; `--run-checks` asks AWS and the host about it.",
    {
      SignatureDoesNotMatch: because("sig-wrong-secret"),
      InvalidSignatureException: because("sig-wrong-secret"),
      RequestTimeTooSkewed: because("clock-skew-s3"),
      ExpiredToken: because("cred-expired-token"),
      ExpiredTokenException: because("cred-expired-token"),
      InvalidClientTokenId: because("cred-invalid-key"),
      UnrecognizedClientException: because("cred-invalid-key"),
      MissingAuthenticationToken: because("wrong-path-or-method"),
      "an explicit deny": because("iam-explicit-deny-identity"),
      "a VPC endpoint's policy": because("iam-vpce-policy"),
      "API Gateway's Forbidden": answers("Forbidden"),
      "a function URL": because("lambda-url-permission"),
      OpenSearch: because("opensearch-fgac"),
      "S3's 403 for what is not there": answers("AccessDenied"),
      "a presigned URL that expired": because("presign-expired"),
    },
  ),
  row(
    80,
    "The server asks to slow down",
    "Status and body; `--include` has Retry-After. Nothing is sent again by itself.",
    "Wait, then send again.",
    {
      "429, seconds": answers("429"),
      "503, a date": answers("503"),
      "503 SlowDown, garbage": answers("SlowDown"),
      ThrottlingException: answers("ThrottlingException"),
    },
  ),
  row(81, "The server fails", "The status first, then what it said.", "Look at the server's log.", {
    HTML: answers("502"),
    "no body": answers("500"),
    JSON: answers("500"),
    XML: answers("503"),
  }),
  row(
    82,
    "The server's Date is odd",
    "A difference of clocks is only told where the answer says both times.",
    "Set this machine's clock, where it is wrong.",
    {
      "no Date": answers("403"),
      garbage: answers("403"),
      "1970": answers("403"),
      "2099": answers("403"),
    },
  ),
];
