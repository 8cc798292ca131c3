import { UserError } from "../errors.ts";
import type { Signer } from "../stages.ts";

/** What `--approve PROFILE@HOST` grants; profile null for `--approve @HOST`. `host` is lower case, with its port if one was given. */
export interface GrantedApproval {
  readonly profile: string | null;
  readonly host: string;
}

/**
 * Reads the value of `--approve`, split at its last `@` (profile names may hold one).
 * @throws UserError `E_APPROVE_FORM`
 */
export function parseApproval(text: string): GrantedApproval {
  const at = text.lastIndexOf("@");
  const host = text.slice(at + 1).toLowerCase();
  if (at === -1 || !hostPattern.test(host)) throw malformed(text);
  return { profile: at === 0 ? null : text.slice(0, at), host };
}

/** How a signer is called before the `@`: by its profile, or by where its keys come from. */
export function signerName(signer: Signer): string {
  return signer.kind === "profile" ? signer.name : signer.kind;
}

/** The argument that grants what is missing, ready to be pasted into a POSIX shell. */
export function approveArgument(signer: Signer | null, host: string): string {
  return `--approve ${shellWord(`${signer === null ? "" : signerName(signer)}@${host}`)}`;
}

/** A value as a POSIX shell reads it back. */
export function shellWord(value: string): string {
  return /^[\w@.:+,=/-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

/** True when one of the grants names this signer (null: values alone) and this authority (null: any). */
export function isGranted(
  granted: readonly GrantedApproval[],
  signer: Signer | null,
  authority: string | null,
): boolean {
  const name = signer === null ? null : signerName(signer);
  const host = authority?.toLowerCase();
  return granted.some((grant) => grant.profile === name && (host === undefined || grant.host === host));
}

const hostPattern = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

function malformed(text: string): UserError {
  return new UserError({
    code: "E_APPROVE_FORM",
    phase: "usage",
    message: `\`--approve ${text}\` is not of the form PROFILE@HOST.`,
    hint: "Write for example --approve prod@abc123.execute-api.eu-west-1.amazonaws.com, the host without https:// and path; environment@HOST, container@HOST, instance@HOST for keys that no profile has, @HOST for values.",
  });
}
