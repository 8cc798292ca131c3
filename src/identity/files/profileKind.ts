import { type Profile, type ProfileKey, type ProfileKeys, profileKey, writtenKey } from "./profile.ts";

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

const keyId = "aws_access_key_id";

const rows: Record<ProfileKind, KindRow> = {
  assumeRole: {
    label: "assumed role",
    // As the AWS CLI has it, lines that say nothing count too: an empty role_arn never makes way for other credentials.
    mark: (profile) =>
      writtenKey(profile, "web_identity_token_file") ? null : writtenKey(profile, "role_arn"),
  },
  webIdentity: {
    label: "web identity (web_identity_token_file)",
    mark: (profile) => profileKey(profile, "web_identity_token_file"),
  },
  sso: {
    label: "IAM Identity Center sign-in (sso_session, sso_start_url)",
    // A session alone is for tokens of other services: it gives no credentials.
    mark: (profile) => writtenKey(profile, "sso_account_id") ?? writtenKey(profile, "sso_role_name"),
  },
  credentialsKeys: {
    label: "static keys",
    // A lone secret there does not hide the pair that the config file has.
    mark: ({ credentials, config }) =>
      credentials.get(keyId) ?? (config.has(keyId) ? null : keyPairMark(credentials)),
  },
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
    if (kind === "assumeRole" && asSource && hasOwnKeys(profile)) continue;
    const key = rows[kind].mark(profile);
    if (key !== null) return { kind, key };
  }
  return null;
}

/** A kind in words, for messages and for the picker. */
export function kindLabel(kind: ProfileKind): string {
  return rows[kind].label;
}

/** True when one of the files has a key pair for the profile, or half of one. */
export function hasOwnKeys({ credentials, config }: Profile): boolean {
  return keyPairMark(credentials) !== null || keyPairMark(config) !== null;
}

/** Half a pair marks too: it is an error to be named, not a reason to sign as somebody else. */
function keyPairMark(keys: ProfileKeys): ProfileKey | null {
  return keys.get(keyId) ?? keys.get("aws_secret_access_key") ?? null;
}
