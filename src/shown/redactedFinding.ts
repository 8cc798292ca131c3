import type { Finding } from "../diagnosis/diagnose.ts";
import type { Fix } from "../diagnosis/fixes/fix.ts";
import type { Redactor } from "../guard/redactor.ts";
import type { RequestChange } from "../stages.ts";

/** A finding with nothing in it that must not be shown: it quotes answers and requests. */
export function redactedFinding(finding: Finding, redactor: Redactor): Finding {
  const { title, detail, evidence, fixes, statement } = finding;
  const text = (value: string) => redactor.text(value);
  return {
    ...finding,
    title: text(title),
    detail: text(detail),
    evidence: evidence.map(text),
    fixes: fixes.map((fix) => redactedFix(fix, text)),
    statement: statement && {
      ...statement,
      Resource:
        typeof statement.Resource === "string" ? text(statement.Resource) : statement.Resource.map(text),
    },
  };
}

function redactedFix(fix: Fix, text: (value: string) => string): Fix {
  switch (fix.kind) {
    case "copy":
      return { ...fix, title: text(fix.title), text: text(fix.text) };
    case "edit":
      return { ...fix, title: text(fix.title), change: redactedChange(fix.change, text) };
    default:
      return { ...fix, title: text(fix.title) };
  }
}

function redactedChange(change: RequestChange, text: (value: string) => string): RequestChange {
  return change.kind === "target"
    ? { ...change, from: text(change.from), to: text(change.to) }
    : { ...change, value: change.value === null ? null : text(change.value) };
}
