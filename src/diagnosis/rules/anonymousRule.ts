import type { Symptoms } from "../reading/symptoms.ts";
import type { Verdict } from "./rule.ts";

const nobody = "Nobody signed it, and no policy allows it to everybody: either would mend it.";
const unread = "It was signed, but the method has no AWS_IAM authorization: nobody read the signature.";
const either =
  "Nobody signed it, or the method has no AWS_IAM authorization and nobody read the signature: whether it was signed would tell.";

/** `User: anonymous`: there was no signature, or none that anybody read; which was meant, only the person knows. */
export function anonymousVerdicts(
  action: string,
  evidence: readonly string[],
  { request }: Symptoms,
): readonly Verdict[] {
  const { signed } = request;
  if (!action.startsWith("execute-api:"))
    return [
      { cause: "unsigned-request", weight: 69, evidence, detail: nobody },
      { cause: "iam-no-resource-allow", weight: 60, evidence, detail: nobody },
    ];
  const detail = signed === false ? nobody : either;
  const isPrivate =
    /private/i.test(request.apiType ?? "") ||
    /vpc/i.test(request.via ?? "") ||
    /vpce/.test(request.host ?? "");
  const ofApi: readonly Verdict[] = [
    { cause: "apigw-private-endpoint", weight: isPrivate ? 69 : 50, evidence },
  ];
  if (signed === true)
    return [
      { cause: "apigw-method-not-iam", weight: 75, evidence: [...evidence, "it was signed"], detail: unread },
      { cause: "apigw-resource-policy", weight: 60, evidence, detail: unread },
      ...ofApi,
    ];
  return [
    { cause: "apigw-resource-policy", weight: isPrivate ? 68 : 69, evidence, detail },
    ...ofApi,
    { cause: "unsigned-request", weight: 60, evidence, detail },
    ...(signed === null ? [{ cause: "apigw-method-not-iam", weight: 45, evidence, detail } as const] : []),
  ];
}
