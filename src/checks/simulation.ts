/** What IAM's simulator decided. */
export interface Simulation {
  readonly decision: "allowed" | "explicitDeny" | "implicitDeny";
  /** Statements that decided: `the statement at line 4 of name (kind)`; a few at most. */
  readonly statements: readonly string[];
  /** Keys of conditions that it had no value for. */
  readonly missing: readonly string[];
  /** False when the organization's policies, or the boundary, do not allow it; null where it does not say. */
  readonly organization: boolean | null;
  readonly boundary: boolean | null;
}

/** The stricter first: of several actions the strictest counts. */
const decisions = ["explicitDeny", "implicitDeny", "allowed"] as const;

/**
 * Reads the answer of SimulatePrincipalPolicy; null for what is none.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function readSimulation(xml: string): Simulation | null {
  const made = new Set(texts(xml, "EvalDecision"));
  const decision = decisions.find((name) => made.has(name));
  if (decision === undefined) return null;
  const matched = lists(xml, "MatchedStatements").flatMap((list) => lists(list, "member"));
  const statements = matched.map(statementInWords).filter((words) => words !== null);
  const missing = lists(xml, "MissingContextValues").flatMap((list) => texts(list, "member"));
  return {
    decision,
    statements: [...new Set(statements)].slice(0, 3),
    missing: [...new Set(missing)].slice(0, 5),
    organization: truth(xml, "AllowedByOrganizations"),
    boundary: truth(xml, "AllowedByPermissionsBoundary"),
  };
}

/** IAM names a statement by its place in the policy's document. */
function statementInWords(xml: string): string | null {
  const [name] = texts(xml, "SourcePolicyId");
  const [kind = "policy"] = texts(xml, "SourcePolicyType");
  const [line] = lists(xml, "StartPosition").flatMap((start) => texts(start, "Line"));
  if (name === undefined) return null;
  const policy = `${name} (${kind})`;
  return line === undefined ? policy : `the statement at line ${line} of ${policy}`;
}

/** The texts of all elements of a name, as far as they are plain names. */
function texts(xml: string, name: string): readonly string[] {
  const found = xml.matchAll(new RegExp(`<${name}>([\\w+=,.@:/ -]{1,200})</${name}>`, "g"));
  return [...found].map(([, text = ""]) => text);
}

function lists(xml: string, name: string): readonly string[] {
  return xml
    .split(`<${name}>`)
    .slice(1)
    .map((rest) => rest.split(`</${name}>`)[0] ?? "");
}

/** False when any says so. */
function truth(xml: string, name: string): boolean | null {
  const said = texts(xml, name);
  return said.length === 0 ? null : !said.includes("false");
}
