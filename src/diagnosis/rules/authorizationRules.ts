import { quoted, type Rule, saying, type Verdict } from "./rule.ts";

/** What is wrong with the Authorization header and the headers that go with it. */
export const authorizationRules: readonly Rule[] = [
  // A blank behind "Credential=" leaves the key id alone as a part.
  saying(
    /'(?:A[KS]IA)?[\w*\u2026]+\/\d{8}\/[\w-]+\/[\w-]+\/aws4_request' not a valid key=value pair/,
    "credential-whitespace",
    96,
  ),
  saying(/slash-delimited elements.{0,80}got '[A-Z0-9*X]{12,128}'/, "credential-whitespace", 88),
  saying(/Invalid character in header content \["?Authorization"?\]/i, "credential-whitespace", 85),
  saying(/the Credential is mal-?formed/i, "auth-header-malformed", 85),
  saying(/header '?[\w-]+'? must be included in (?:the )?signature/i, "headers-not-signed", 90),
  saying(/authorization header is malformed; (?!the region)/i, "auth-header-malformed", 80),
  ({ text }) => {
    const echo =
      /not a valid key=value pair \(missing equal-sign\) in Authorization header:? ?(?:'(.*)')?/.exec(text);
    return echo === null ? [] : [brokenPair(echo[1] ?? "")];
  },
  ({ answer, request }) => {
    const { message } = answer;
    if (!/Authorization header requires 'Credential' parameter/.test(message)) return [];
    const echo = (/Authorization=([\s\S]*)$/.exec(message)?.[1] ?? "").trim();
    const typed = request.headers.find(([name]) => name.toLowerCase() === "authorization")?.[1] ?? "";
    const value = echo === "" ? typed : echo;
    // Cut off before the value: another scheme is what most often has none of the parts.
    if (value === "" && !/Authorization=/.test(message))
      return [
        { cause: "authorization-not-sigv4", weight: 66, evidence: [missed] },
        { cause: "auth-header-malformed", weight: 62, evidence: [missed] },
      ];
    const isOther = value !== "" && !value.startsWith("AWS4-");
    const cause = isOther ? "authorization-not-sigv4" : "auth-header-malformed";
    return [{ cause, weight: 95, evidence: [missed] }];
  },
  ({ text }) => {
    const match = /requires existence of either an? 'X-Amz-Date' or an? 'Date' header/i.exec(text);
    if (match === null || /requires '(?:Credential|Signature|SignedHeaders)' parameter/.test(text)) return [];
    return [{ cause: "missing-date-header", weight: 95, evidence: [quoted(match[0])] }];
  },
  saying(/requires '(?:Signature|SignedHeaders)' parameter/, "auth-header-malformed", 60),
  // A line break behind the key id ends the header there.
  ({ text }) =>
    /requires 'Signature' parameter/.test(text) &&
    /requires 'SignedHeaders' parameter/.test(text) &&
    !/requires 'Credential' parameter/.test(text)
      ? [
          {
            cause: "credential-whitespace",
            weight: 65,
            evidence: ["nothing arrived of what follows the key id"],
          },
        ]
      : [],
  saying(/Authorization=AWS4-HMAC-SHA256 Credential=\w+\s*(?:$|[^\w/\s])/, "credential-whitespace", 66),
  saying(/'Host'.{0,30} must be a 'SignedHeader'/, "host-not-signed", 95),
  saying(
    /'([\w-]+)' is named as a SignedHeader, but it does not exist/,
    "signed-header-not-sent",
    95,
    ([, name]) => `The header is ${name}.`,
  ),
  saying(
    /headers present in the request which were not signed|<HeadersNotSigned>/,
    "headers-not-signed",
    95,
    (_, { answer }) => named("The header is", answer.fields.get("HeadersNotSigned")),
  ),
  // S3's words for it.
  ({ answer }) =>
    /(?:^|[\s,;])host(?:$|[\s,;])/i.test(answer.fields.get("HeadersNotSigned") ?? "")
      ? [
          {
            cause: "host-not-signed",
            weight: 97,
            evidence: ["the answer names host among headers not signed"],
          },
        ]
      : [],
  saying(/AWS authentication requires a valid Date or x-amz-date header/i, "missing-date-header", 92),
  saying(/X-Amz-Date must be (?:in the ISO8601|formatted)/i, "sig-date-changed", 80),
  saying(
    /Missing (?:required header for this request: |the )?'?x-amz-content-sha256|Missing required header.{0,60}content-sha256/i,
    "missing-content-sha256",
    95,
  ),
  ({ header }) =>
    /gw-helper-deny/.test(header("x-aoss-response-hint"))
      ? [{ cause: "missing-content-sha256", weight: 75, evidence: ["X-Aoss-Response-Hint: gw-helper-deny"] }]
      : [],
  ({ hasCode, text, answer }) => {
    if (
      !hasCode("XAmzContentSHA256Mismatch") &&
      !/provided 'x-amz-content-sha256' header does not match/.test(text)
    )
      return [];
    const client = answer.fields.get("ClientComputedContentSHA256");
    const detail = client?.startsWith("e3b0c442") ? "The body was hashed as if it were empty." : undefined;
    const evidence = ["the service computed another hash of the body"];
    return [
      { cause: "s3-payload-hash-mismatch", weight: 95, evidence, ...(detail !== undefined && { detail }) },
    ];
  },
  ({ hasCode, text }) =>
    hasCode("IncompleteSignature", "AuthorizationHeaderMalformed", "AuthorizationQueryParametersError") &&
    !/is wrong; expecting|Invalid credential date/.test(text)
      ? [{ cause: "auth-header-malformed", weight: 60, evidence: ["the answer's code says so"] }]
      : [],
  ({ text, answer }) => {
    const match = /Only one auth mechanism allowed/.exec(text);
    if (match === null) return [];
    const value = answer.fields.get("ArgumentValue") ?? "";
    const isOther = value !== "" && !value.startsWith("AWS");
    const cause = isOther ? "authorization-not-sigv4" : "auth-header-malformed";
    const detail =
      "The URL is presigned and an Authorization header came with it; only one of them may sign.";
    return [{ cause, weight: isOther ? 90 : 69, evidence: [quoted(match[0])], detail }];
  },
  ({ text }) => {
    const match = /x-amz-content-sha256 (?:is )?invalid/i.exec(text);
    const evidence = [quoted(match?.[0] ?? "")];
    return match === null
      ? []
      : [
          { cause: "sig-body-changed", weight: 69, evidence },
          { cause: "s3-payload-hash-mismatch", weight: 60, evidence },
        ];
  },
  saying(
    /must have (?:at least|exactly) (?:5|five) slash-delimited elements|valid terminator/i,
    "auth-header-malformed",
    85,
  ),
];

const missed = "the answer misses every part of a signature";

/** What is echoed may be somebody's token: it is looked at, never shown. */
function brokenPair(echo: string): Verdict {
  const evidence = [quoted("not a valid key=value pair (missing equal-sign) in Authorization header")];
  if (/^Authorization:/i.test(echo)) return { cause: "auth-header-malformed", weight: 95, evidence };
  if (!echo.includes("AWS4-")) return { cause: "authorization-not-sigv4", weight: 95, evidence };
  const hasBlank = /Credential=\s|Credential=[^,]*?\s+\/?\d{8}\/|\s\/\d{8}\//.test(echo);
  return { cause: hasBlank ? "credential-whitespace" : "auth-header-malformed", weight: 95, evidence };
}

function named(label: string, value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${label} ${value}.`;
}
