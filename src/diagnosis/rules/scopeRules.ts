import { quoted, type Rule, saying } from "./rule.ts";

/** Hosts that answer for several regions and take SigV4A signatures only. */
const sigV4aHosts =
  /\.mrap\.|accesspoint\.s3-global|s3-global\.amazonaws\.com|cloudfront-kvs\.|\.endpoint\.events\.amazonaws\.com/;

function isForManyRegions(host: string | null, service: string | null): boolean {
  return service === "cloudfront-keyvaluestore" || sigV4aHosts.test(host ?? "");
}

/** For what the request was signed, and where it should have gone. */
export const scopeRules: readonly Rule[] = [
  ({ text, request, service }) => {
    const match = /Credential (?:should|must) be scoped to a valid region(?:, not '([^']*)')?/i.exec(text);
    if (match === null) return [];
    const isSigV4a = isForManyRegions(request.host, service);
    const bothHalves = /scoped to (?:the )?correct service/i.test(text);
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
    /Credential (?:should|must) be scoped to (?:the )?correct service:? '([^']*)'/i,
    "scope-wrong-service",
    90,
    ([, service]) => `The service is "${service}".`,
  ),
  saying(/Date in Credential scope does not match|Invalid credential date/i, "scope-date-mismatch", 95),
  ({ text, request, service }) => {
    const match = /the region (?:'([^']*)' )?is wrong; expecting '([^']*)'/.exec(text);
    if (match === null) return [];
    const [said, given, right] = match;
    const isSigV4a = isForManyRegions(request.host, service);
    const signed = given === undefined ? "" : `It was signed for ${given}; `;
    return [
      {
        cause: isSigV4a ? "scope-needs-sigv4a" : "s3-wrong-region",
        weight: 95,
        evidence: [quoted(said)],
        detail: isSigV4a ? "The host answers for several regions." : `${signed}the bucket is in ${right}.`,
      },
    ];
  },
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
