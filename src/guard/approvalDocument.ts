import type { Approval, ApprovalSubject } from "./approvalStore.ts";

/** The text of an approvals file: one approval a line, so that a person can read and delete them. */
export function serialiseApprovals(approvals: readonly Approval[]): string {
  const lines = approvals.map(({ subject, used }) =>
    JSON.stringify({ ...subject, used: new Date(used).toISOString() }),
  );
  return `{"version": 1, "approvals": [\n${lines.join(",\n")}\n]}\n`;
}

/** The approvals of such a text; null when it is none. A line that is not understood approves nothing. */
export function parseApprovals(text: string): readonly Approval[] | null {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  const fields = fieldsOf(document);
  const approvals = fields?.get("approvals");
  if (fields?.get("version") !== 1 || !Array.isArray(approvals)) return null;
  return approvals.flatMap((entry: unknown) => {
    const approval = approvalOf(fieldsOf(entry));
    return approval === null ? [] : [approval];
  });
}

type Fields = ReadonlyMap<string, unknown>;

/** Own fields only: nothing is ever found on a prototype. */
function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null ? new Map(Object.entries(value)) : null;
}

function approvalOf(fields: Fields | null): Approval | null {
  const subject = fields === null ? null : subjectOf(fields);
  const written = fields?.get("used");
  const used = typeof written === "string" ? Date.parse(written) : Number.NaN;
  return subject === null || Number.isNaN(used) ? null : { subject, used };
}

function subjectOf(fields: Fields): ApprovalSubject | null {
  const [folder, profile, role] = ["folder", "profile", "role"].map((key) => fields.get(key));
  const [host, hash, mutating] = ["host", "hash", "mutating"].map((key) => fields.get(key));
  switch (fields.get("kind")) {
    case "credentials":
      return isText(folder) &&
        isTextOrNull(profile) &&
        isTextOrNull(role) &&
        isText(host) &&
        isBoolean(mutating)
        ? { kind: "credentials", folder, profile, role, host, mutating }
        : null;
    case "values":
      return isText(folder) && isText(host) ? { kind: "values", folder, host } : null;
    case "process":
      return isText(profile) && isText(hash) ? { kind: "process", profile, hash } : null;
    default:
      return null;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}
