import type { OutsideValue, Signer } from "../stages.ts";

/** Where a request goes, as an approval remembers it. */
export interface Destination {
  /** "https:", "http:". */
  readonly scheme: string;
  /** ASCII authority in lower case, or `loopback` for every address and port of this machine. */
  readonly host: string;
  /** The same for where `@connect-to` leads; null without one. */
  readonly connectTo: string | null;
}

/** What somebody once said yes to. */
export type ApprovalSubject =
  | {
      /** Signing alone: nothing is sent. */
      readonly kind: "signing";
      readonly folder: string;
      readonly signer: Signer;
      readonly role: string | null;
    }
  | {
      readonly kind: "credentials";
      readonly folder: string;
      readonly signer: Signer;
      readonly role: string | null;
      readonly to: Destination;
      /** True when requests that change something are approved as well. */
      readonly changes: boolean;
    }
  /** An unsigned request that connects elsewhere than its URL says. */
  | { readonly kind: "connection"; readonly folder: string; readonly to: Destination }
  | {
      readonly kind: "value";
      readonly folder: string;
      readonly to: Destination;
      readonly value: OutsideValue;
    }
  | { readonly kind: "process"; readonly profile: string; readonly hash: string };

/** An approval with the time of its last use, in milliseconds since 1970. */
export interface Approval {
  readonly subject: ApprovalSubject;
  readonly used: number;
}

/** Where approvals are kept. */
export interface ApprovalStore {
  load(): Promise<readonly Approval[]>;
  /** Puts one approval in the place of the one with the same subject. */
  save(approval: Approval): Promise<void>;
  /** Takes back those whose key is in the set, and says how many there were. */
  forget(keys: ReadonlySet<string>): Promise<number>;
  /** One after the other: a question that is open answers the next one too. */
  inTurn<T>(act: () => Promise<T>): Promise<T>;
}

/** Milliseconds after its last use for which an approval holds. */
export const approvalLifetime = 90 * 24 * 60 * 60 * 1000;

const day = 24 * 60 * 60 * 1000;

/** One string for each subject, for comparing and replacing. */
export function subjectKey(subject: ApprovalSubject): string {
  switch (subject.kind) {
    case "signing":
      return JSON.stringify([subject.kind, ...signerParts(subject)]);
    case "credentials":
      return JSON.stringify([
        subject.kind,
        ...signerParts(subject),
        ...destinationParts(subject.to),
        subject.changes,
      ]);
    case "connection":
      return JSON.stringify([subject.kind, subject.folder, ...destinationParts(subject.to)]);
    case "value":
      return JSON.stringify([subject.kind, subject.folder, ...destinationParts(subject.to), subject.value]);
    case "process":
      return JSON.stringify([subject.kind, subject.profile, subject.hash]);
  }
}

function signerParts({
  folder,
  signer,
  role,
}: {
  readonly folder: string;
  readonly signer: Signer;
  readonly role: string | null;
}): readonly (string | null)[] {
  return [folder, signer.kind, signer.kind === "profile" ? signer.name : null, role];
}

function destinationParts({ scheme, host, connectTo }: Destination): readonly (string | null)[] {
  return [scheme, host, connectTo];
}

/** The approval that covers a subject now, if there is one. */
export function findApproval(
  approvals: readonly Approval[],
  subject: ApprovalSubject,
  now: number,
): Approval | undefined {
  return approvals.find((approval) => covers(approval.subject, subject) && isFresh(approval, now));
}

/** A yes to changing covers reading, a yes to sending covers signing; neither the reverse. */
function covers(known: ApprovalSubject, subject: ApprovalSubject): boolean {
  if (subjectKey(known) === subjectKey(subject)) return true;
  if (known.kind !== "credentials") return false;
  if (subject.kind === "credentials") {
    return !subject.changes && subjectKey(known) === subjectKey({ ...subject, changes: true });
  }
  const { folder, signer, role } = known;
  return (
    subject.kind === "signing" &&
    subjectKey({ kind: "signing", folder, signer, role }) === subjectKey(subject)
  );
}

/** The same approval used now, or null when its last use is near enough not to be written again. */
export function renewed(approval: Approval, now: number): Approval | null {
  return Math.abs(now - approval.used) < day ? null : { ...approval, used: now };
}

/** A last use in the future (a clock that was wrong) counts as long as it is a day at most. */
export function isFresh({ used }: Approval, now: number): boolean {
  return now - used <= approvalLifetime && used - now <= day;
}

/** Lets acts begin when those before them have ended, however they ended. */
export function createTurns(): ApprovalStore["inTurn"] {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(act, act);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** Approvals that last as long as the program. */
export function approvalsInMemory(): ApprovalStore {
  const kept = new Map<string, Approval>();
  return {
    load: async () => [...kept.values()],
    save: async (approval) => void kept.set(subjectKey(approval.subject), approval),
    forget: async (keys) => [...keys].filter((key) => kept.delete(key)).length,
    inTurn: createTurns(),
  };
}
