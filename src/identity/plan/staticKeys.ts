import { UserError } from "../../errors.ts";
import type { Credentials } from "../../stages.ts";
import { type Profile, type ProfileKeys, profileKey } from "../files/profile.ts";
import { checkKeyForm } from "./keyForm.ts";
import { statedTime } from "./statedTime.ts";

/**
 * The key pair that a profile has in one of the two files; never half from each.
 * @throws UserError `E_PROFILE_KEYS` when half is missing or empty, `E_KEY_FORM` when it was pasted with blanks
 */
export function staticKeys(profile: Profile, file: "config" | "credentials"): Credentials {
  const keys = profile[file];
  const accessKeyId = keys.get("aws_access_key_id")?.value ?? "";
  const secretAccessKey = keys.get("aws_secret_access_key")?.value ?? "";
  if (accessKeyId === "" || secretAccessKey === "") throw halfPair(profile, keys, accessKeyId === "");
  const token = ["aws_security_token", "aws_session_token"].find((name) => Boolean(keys.get(name)?.value));
  const accountId = accountIdOf(profile);
  const expiration = statedExpiration(profile, file)?.time ?? null;
  const pair = {
    accessKeyId,
    secretAccessKey,
    ...(token !== undefined && { sessionToken: keys.get(token)?.value }),
    ...(expiration !== null && { expiration }),
    ...(accountId !== null && { accountId }),
  };
  const named = (name: string) => `${name} (${keys.get(name)?.place}, profile "${profile.name}")`;
  checkKeyForm(pair, {
    accessKeyId: named("aws_access_key_id"),
    secretAccessKey: named("aws_secret_access_key"),
    sessionToken: named(token ?? "aws_session_token"),
  });
  return pair;
}

/** Keys under which the tools that write temporary credentials state their end; the AWS CLI reads none of them. */
const expirationKeys = [
  "aws_expiration",
  "aws_credential_expiration",
  "aws_session_expiration",
  "aws_session_token_expiration",
  "x_security_token_expires",
  "expiration",
] as const;

/** Where a file says when a profile's keys end, and when that is; `time` is null when it is not a time. */
export function statedExpiration(
  profile: Profile,
  file: "config" | "credentials",
): { readonly place: string; readonly time: Date | null } | null {
  const key = expirationKeys.map((name) => profile[file].get(name)).find((found) => Boolean(found?.value));
  return key === undefined ? null : { place: key.place, time: statedTime(key.value) };
}

/** The account that a profile says it belongs to, or null. */
export function accountIdOf(profile: Profile): string | null {
  const account = profileKey(profile, "aws_account_id")?.value;
  return account !== undefined && /^\d{12}$/.test(account) ? account : null;
}

function halfPair(profile: Profile, keys: ProfileKeys, idIsMissing: boolean): UserError {
  const [missing, present] = idIsMissing
    ? ["aws_access_key_id", "aws_secret_access_key"]
    : ["aws_secret_access_key", "aws_access_key_id"];
  const place = keys.get(present)?.place ?? keys.get(missing)?.place ?? profile.place;
  const state = keys.has(missing) ? "is empty" : "is missing";
  return new UserError({
    code: "E_PROFILE_KEYS",
    phase: "credentials",
    message: `Profile "${profile.name}" has half a key pair at ${place}: ${missing} ${state}.`,
    hint: `Write ${missing} beside ${present}, in the same section of the same file.`,
  });
}
