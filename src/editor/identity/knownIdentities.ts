import * as vscode from "vscode";

/** Who signed, as the last send or AWS told. Holds no secret. */
export interface KnownIdentity {
  readonly account: string | null;
  readonly arn: string | null;
  readonly kind: string;
  readonly expires: Date | null;
}

/** The identities that signed in this window. */
export interface KnownIdentities extends vscode.Disposable {
  /** @param profile its name, null for credentials of the environment; @param role ARN of the role on top, or null */
  of(profile: string | null, role: string | null): KnownIdentity | null;
  remember(profile: string | null, role: string | null, identity: KnownIdentity): void;
  forget(): void;
  /** Also when the credentials of one of them end. */
  readonly onDidChange: vscode.Event<void>;
}

/** The longest delay that a timer keeps, in milliseconds. */
const longestDelay = 2 ** 31 - 1;

/** Kept for as long as the window lasts. */
export function createKnownIdentities(): KnownIdentities {
  const changed = new vscode.EventEmitter<void>();
  const kept = new Map<string, KnownIdentity>();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    const ends = [...kept.values()].flatMap(({ expires }) => (expires === null ? [] : [expires.getTime()]));
    const next = Math.min(...ends.filter((end) => end > Date.now()));
    if (!Number.isFinite(next)) return;
    timer = setTimeout(tell, Math.min(next - Date.now() + 1, longestDelay));
    timer.unref();
  };
  const tell = (): void => {
    changed.fire();
    wait();
  };
  return {
    of: (profile, role) => kept.get(keyOf(profile, role)) ?? null,
    remember(profile, role, identity) {
      const known = kept.get(keyOf(profile, role));
      kept.set(keyOf(profile, role), identity);
      if (known === undefined || !isSame(known, identity)) tell();
    },
    forget() {
      kept.clear();
      tell();
    },
    onDidChange: changed.event,
    dispose() {
      clearTimeout(timer);
      changed.dispose();
    },
  };
}

function isSame(one: KnownIdentity, other: KnownIdentity): boolean {
  return (
    one.account === other.account &&
    one.arn === other.arn &&
    one.kind === other.kind &&
    one.expires?.getTime() === other.expires?.getTime()
  );
}

function keyOf(profile: string | null, role: string | null): string {
  return JSON.stringify([profile, role]);
}

/** True once its credentials have ended. */
export function hasExpired({ expires }: KnownIdentity): boolean {
  return expires !== null && expires.getTime() <= Date.now();
}
