import { readAnswer } from "../diagnosis/reading/answerText.ts";
import { statementFor, statementOfDenial } from "../diagnosis/statements/iamStatement.ts";
import type { Refused } from "./refused.ts";

/** What was denied, as far as it is known before the caller is. */
export interface Denial {
  readonly actions: readonly string[];
  /** May hold a masked account, or `ACCOUNT_ID`. */
  readonly resource: string;
}

/** The action and resource of a denial, in the answer's own words or from the request; null where they are not told. */
export function denialOf({ answer, request, signedFor, credentials }: Refused): Denial | null {
  const { message } = readAnswer(answer.body);
  const statement =
    statementOfDenial(message) ??
    statementFor({
      service: signedFor?.service ?? null,
      request: { ...request, region: signedFor?.region ?? null },
      account: credentials?.account ?? null,
    });
  if (statement === null) return null;
  const { Action, Resource } = statement;
  const actions = typeof Action === "string" ? [Action] : Action;
  const resource = typeof Resource === "string" ? Resource : (Resource[0] ?? "*");
  // Where the request does not tell the resource, a placeholder stands, which no policy is about.
  const isTold = !/\b(?!ACCOUNT_ID)[A-Z]+_(?:ID|NAME)\b|\/STAGE\//.test(resource);
  return isTold ? { actions, resource } : null;
}

/** The resource with its account written out; null when the account is another one that the answer hides. */
export function wholeResource(resource: string, account: string): string | null {
  const whole = resource.replace(/\bACCOUNT_ID\b/, account);
  const masked = /\*{8}(\d{4})(?=:)/.exec(whole);
  if (masked === null) return whole;
  return account.endsWith(masked[1] ?? "") ? whole.replace(masked[0], account) : null;
}

/** The message that `sts:DecodeAuthorizationMessage` reads, or null. */
export function encodedMessage({ answer }: Pick<Refused, "answer">): string | null {
  const match = /Encoded authorization failure message: {0,3}([\w+/=-]{40,10240})(?![\w+/=-])/.exec(
    answer.body,
  );
  return match?.[1] ?? null;
}
