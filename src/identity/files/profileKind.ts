import { type Profile, type ProfileKey, type ProfileKeys, profileKey } from "./profile.ts";

/** The ways in which a profile can get credentials. */
export type ProfileKind =
  | "assumeRole"
  | "webIdentity"
  | "sso"
  | "credentialsKeys"
  | "login"
  | "process"
  | "configKeys";

/** A profile's kind and the key that makes it that. */
export interface FoundKind {
  readonly kind: ProfileKind;
  readonly key: ProfileKey;
}

/** A kind in words, and the key that marks a profile as being of it; null when it is not. */
interface KindRow {
  readonly label: string;
  readonly mark: (profile: Profile) => ProfileKey | null;
}

const rows: Record<ProfileKind, KindRow> = {
  assumeRole: {
    label: "assumed role",
    mark: (profile) =>
      profileKey(profile, "web_identity_token_file") ? null : profileKey(profile, "role_arn"),
  },
  webIdentity: {
    label: "web identity (web_identity_token_file)",
    mark: (profile) => profileKey(profile, "web_identity_token_file"),
  },
  sso: {
    label: "IAM Identity Center sign-in (sso_session, sso_start_url)",
    mark: (profile) => profileKey(profile, "sso_session") ?? profileKey(profile, "sso_start_url"),
  },
  credentialsKeys: { label: "static keys", mark: (profile) => keyPairMark(profile.credentials) },
  login: {
    label: "console sign-in (login_session)",
    mark: (profile) => profileKey(profile, "login_session"),
  },
  process: { label: "credential process", mark: (profile) => profileKey(profile, "credential_process") },
  configKeys: { label: "static keys", mark: (profile) => keyPairMark(profile.config) },
};

/** The order in which the AWS CLI asks, so that a profile with several kinds signs as it does there. */
const order: readonly ProfileKind[] = [
  "assumeRole",
  "webIdentity",
  "sso",
  "credentialsKeys",
  "login",
  "process",
  "configKeys",
];

/**
 * The kind of a profile, null when nothing in it gives credentials.
 * @param asSource true when the profile is another's `source_profile`: then its own keys come before its role
 */
export function kindOf(profile: Profile, asSource: boolean): FoundKind | null {
  for (const kind of order) {
    if (kind === "assumeRole" && asSource && hasKeyPair(profile)) continue;
    const key = rows[kind].mark(profile);
    if (key !== null) return { kind, key };
  }
  return null;
}

/** A kind in words, for messages and for the picker. */
export function kindLabel(kind: ProfileKind): string {
  return rows[kind].label;
}

/** True when one of the files has a whole key pair for the profile. */
export function hasKeyPair(profile: Profile): boolean {
  return [profile.credentials, profile.config].some(
    (keys) =>
      Boolean(keys.get("aws_access_key_id")?.value) && Boolean(keys.get("aws_secret_access_key")?.value),
  );
}

/** Half a pair marks too: it is an error to be named, not a reason to sign as somebody else. */
function keyPairMark(keys: ProfileKeys): ProfileKey | null {
  return keys.get("aws_access_key_id") ?? keys.get("aws_secret_access_key") ?? null;
}
