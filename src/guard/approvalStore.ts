/** Stands for the host of an approval that is about signing alone; an approval for any host covers it. */
export const anyHost = "*";

/** What a person once said yes to. */
export type ApprovalSubject =
  | {
      readonly kind: "credentials";
      readonly folder: string;
      /** Null for keys from the environment. */
      readonly profile: string | null;
      readonly role: string | null;
      /** ASCII authority. */
      readonly host: string;
      /** True when methods that change things are approved as well. */
      readonly mutating: boolean;
    }
  | { readonly kind: "values"; readonly folder: string; readonly host: string }
  | { readonly kind: "process"; readonly profile: string; readonly hash: string };

/** An approval with the time of its last use, in milliseconds since 1970. */
export interface Approval {
  readonly subject: ApprovalSubject;
  readonly used: number;
}

/** Where approvals are kept, as two effects. */
export interface ApprovalStore {
  load(): Promise<readonly Approval[]>;
  /** Puts one approval in the place of the one with the same subject. */
  save(approval: Approval): Promise<void>;
}

/** Milliseconds after its last use for which an approval holds. */
export const approvalLifetime = 90 * 24 * 60 * 60 * 1000;

const day = 24 * 60 * 60 * 1000;

/** One string for each subject, for comparing and replacing. */
export function subjectKey(subject: ApprovalSubject): string {
  switch (subject.kind) {
    case "credentials": {
      const { folder, profile, role, host, mutating } = subject;
      return JSON.stringify([subject.kind, folder, profile, role, host, mutating]);
    }
    case "values":
      return JSON.stringify([subject.kind, subject.folder, subject.host]);
    case "process":
      return JSON.stringify([subject.kind, subject.profile, subject.hash]);
  }
}

/** The approval that covers a subject now, if there is one. A yes to changing things covers reading, not the reverse. */
export function findApproval(
  approvals: readonly Approval[],
  subject: ApprovalSubject,
  now: number,
): Approval | undefined {
  return approvals.find((approval) => coversSubject(approval.subject, subject) && isFresh(approval, now));
}

function coversSubject(known: ApprovalSubject, subject: ApprovalSubject): boolean {
  if (known.kind !== "credentials" || subject.kind !== "credentials") {
    return subjectKey(known) === subjectKey(subject);
  }
  const host = subject.host === anyHost ? known.host : subject.host;
  const mutating = subject.mutating || known.mutating;
  return subjectKey(known) === subjectKey({ ...subject, host, mutating });
}

/** The same approval used now, or null when its last use is near enough not to be written again. */
export function renewed(approval: Approval, now: number): Approval | null {
  return Math.abs(now - approval.used) < day ? null : { ...approval, used: now };
}

/** A last use in the future (a clock that was wrong) counts as long as it is a day at most. */
function isFresh({ used }: Approval, now: number): boolean {
  return now - used <= approvalLifetime && used - now <= day;
}
