import { UserError } from "../errors.ts";

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

/** The argument that grants what is missing, ready to be pasted into a POSIX shell. */
export function approveArgument(profile: string | null, host: string): string {
  const value = `${profile ?? ""}@${host}`;
  return /^[\w@.:+,=/-]+$/.test(value)
    ? `--approve ${value}`
    : `--approve '${value.replaceAll("'", "'\\''")}'`;
}

/** True when one of the grants names this profile and this authority. */
export function isGranted(
  granted: readonly GrantedApproval[],
  profile: string | null,
  authority: string,
): boolean {
  return granted.some((grant) => grant.profile === profile && grant.host === authority.toLowerCase());
}

const hostPattern = /^(?:[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/;

function malformed(text: string): UserError {
  return new UserError({
    code: "E_APPROVE_FORM",
    phase: "usage",
    message: `\`--approve ${text}\` is not of the form PROFILE@HOST.`,
    hint: "Write for example --approve prod@abc123.execute-api.eu-west-1.amazonaws.com, the host without https:// and path.",
  });
}
