/**
 * Undoes what logs, shells and exceptions do to an answer: escaped quotes and line breaks, entities of XML, frames around
 * lines. The five entities that XML has, and no others.
 */
export function unwrappedText(text: string): string {
  return text
    .replace(/\\r\\n|\\n/g, "\n")
    .replace(/\\{1,4}(["'/])/g, "$1")
    .replace(/\\u0026quot;|\\u0022/gi, '"')
    .replace(/&(?:quot|#34|#x22);/gi, '"')
    .replace(/&(?:apos|#39|#x27);/gi, "'")
    .replace(/&lt;/gi, "<")
    .replace(/&gt;/gi, ">")
    .replace(/&#(?:10|xA);/gi, "\n")
    .replace(/&amp;/gi, "&")
    .replace(/[\u2500-\u257f]/g, " ");
}

/** Characters that one value may have. */
const longestValue = 20_000;

/** Names and values of whatever XML and JSON stands anywhere in a text; the first of each name. Passed once, bounded. */
export function embeddedFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const note = (name: string, value: string) => {
    if (!fields.has(name)) fields.set(name, value.trim());
  };
  for (const [, name = "", content = ""] of text.matchAll(xmlElement)) note(name, content);
  for (const [, name = "", content = ""] of text.matchAll(jsonMember)) note(name, content);
  return fields;
}

const xmlElement = new RegExp(`<([A-Za-z][\\w.-]{0,80})>([^<]{0,${longestValue}})</`, "g");

/** `"name": "value"`, also with the single quotes of Python and JavaScript. */
const jsonMember =
  /["']?\b(__type|code|Code|message|Message|detailedMessage|errorMessage|ErrorMessage|ErrorCode|errorType|Region|Endpoint)["']?\s{0,8}[:=]\s{0,8}["']([^"'\n]{0,4000})["']/g;

/** Codes of AWS that are known, wherever they stand in a text. */
const knownCodes =
  /(?:\b|AWSServiceError)(SignatureDoesNotMatch|InvalidSignature(?:Exception)?|IncompleteSignature(?:Exception)?|MissingAuthenticationToken(?:Exception)?|InvalidClientTokenId|UnrecognizedClientException|InvalidAccessKeyId|InvalidToken|ExpiredToken(?:Exception)?|RequestTimeTooSkewed|RequestExpired|AccessDenied(?:Exception)?|AuthorizationHeaderMalformed|AuthorizationQueryParametersError|XAmzContentSHA256Mismatch|PermanentRedirect|TemporaryRedirect|UnauthorizedException|ForbiddenException|AuthFailure|UnauthorizedOperation)\b/g;

/** The codes that a text names, in order. */
export function codesIn(text: string): readonly string[] {
  return [...new Set([...text.slice(0, 20_000).matchAll(knownCodes)].map(([, code = ""]) => code))];
}
