import { quoted, type Rule, saying } from "../rule.ts";

/** Hosts that answer for several regions and take SigV4A signatures only. */
const sigV4aHosts = /\.mrap\.|s3-global\.amazonaws\.com|cloudfront-kvs\.|\.endpoint\.events\.amazonaws\.com/;

/** For what the request was signed, and where it should have gone. */
export const scopeRules: readonly Rule[] = [
  ({ text, request }) => {
    const match = /Credential should be scoped to a valid region(?:, not '([^']*)')?/.exec(text);
    if (match === null) return [];
    const isSigV4a = sigV4aHosts.test(request.host ?? "");
    const bothHalves = /scoped to correct service/.test(text);
    const detail = match[1] === undefined ? undefined : `It was signed for "${match[1]}".`;
    return [
      {
        cause: isSigV4a ? "scope-needs-sigv4a" : "scope-wrong-region",
        weight: bothHalves ? 85 : 95,
        evidence: [quoted(match[0])],
        ...(detail !== undefined && { detail }),
      },
    ];
  },
  saying(
    /Credential should be scoped to correct service: '([^']*)'/,
    "scope-wrong-service",
    90,
    ([, service]) => `The service is "${service}".`,
  ),
  saying(/Date in Credential scope does not match|Invalid credential date/, "scope-date-mismatch", 95),
  saying(
    /region '([^']*)' is wrong; expecting '([^']*)'/,
    "s3-wrong-region",
    95,
    ([, given, right]) => `It was signed for ${given}; the bucket is in ${right}.`,
  ),
  ({ hasCode, text, answer }) => {
    const says =
      /must be addressed using the specified endpoint|re-send this request to the specified temporary/;
    if (!hasCode("PermanentRedirect", "TemporaryRedirect") && !says.test(text)) return [];
    const endpoint = answer.fields.get("Endpoint");
    const detail = endpoint === undefined ? {} : { detail: `The endpoint is ${endpoint}.` };
    return [
      { cause: "s3-permanent-redirect", weight: 95, evidence: ["the answer is a redirect"], ...detail },
    ];
  },
];
