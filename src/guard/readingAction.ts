/** The verbs of AWS whose operations read. "BatchGet" is a verb of two words. */
const readingWords: ReadonlySet<string> = new Set([
  "Get",
  "List",
  "Describe",
  "Query",
  "Scan",
  "Search",
  "Select",
  "Validate",
  "Simulate",
  "Decode",
  "Lookup",
  "Filter",
  "Estimate",
  "Preview",
]);

/** Words behind which a second verb stands: GetOrCreate, DescribeAndUpdate. */
const joints: ReadonlySet<string> = new Set(["And", "Or", "Then", "Else", "But"]);

/** What may stand behind a joint: of AWS's operations only GetCostAndUsage and its relatives have one. */
const harmlessBehindJoint: ReadonlySet<string> = new Set(["Usage"]);

/**
 * Operations that begin with a reading word and change something nevertheless: an identity is made, a code is sent, a
 * task is taken from a queue, a job is started, UNLOAD writes to S3.
 */
const exceptions: ReadonlySet<string> = new Set([
  "cognito-identity GetId",
  "cognito-idp GetUserAttributeVerificationCode",
  "states GetActivityTask",
  "api.sagemaker GetScalingConfigurationRecommendation",
  "query.timestream Query",
]);

/** True for what can be the name of an operation: one word of letters and digits. */
export function isActionName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9]{0,127}$/.test(text);
}

/**
 * True when an operation of that name reads: by its first whole word, unless another verb is joined to it.
 * @param service the endpoint prefix, or null for a host that is not known to be called by operations; there the first
 *   letter may be small
 */
export function isReadingAction(name: string, service: string | null): boolean {
  if (exceptions.has(`${service} ${name}`) || !isActionName(name)) return false;
  const spelt = service === null ? `${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
  const words = spelt.match(/[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+|\d+/g) ?? [];
  const [first = "", ...others] = words[0] === "Batch" ? words.slice(1) : words;
  if (words[0] === "Batch" && first !== "Get") return false;
  if (!readingWords.has(first)) return false;
  return others.every((word, i) => !joints.has(word) || harmlessBehindJoint.has(others[i + 1] ?? ""));
}
