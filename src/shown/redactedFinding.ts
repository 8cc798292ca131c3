import type { Finding } from "../diagnosis/diagnose.ts";
import type { Redactor } from "../guard/redactor.ts";

/** A finding with nothing in it that must not be shown: it quotes answers and requests. */
export function redactedFinding(finding: Finding, redactor: Redactor): Finding {
  const { detail, evidence, fixes, statement } = finding;
  const text = (value: string) => redactor.text(value);
  return {
    ...finding,
    detail: text(detail),
    evidence: evidence.map(text),
    fixes: fixes.map(text),
    statement: statement && { ...statement, Resource: text(statement.Resource) },
  };
}
