import { needsSigV4a } from "../../signing/hostScope.ts";
import { quoted, type Rule, saying } from "./rule.ts";

/** The service answers for several regions, or the host does. */
function isForManyRegions(host: string | null, service: string | null): boolean {
  return service === "cloudfront-keyvaluestore" || needsSigV4a((host ?? "").replace(/:\d+$/, ""));
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
