import type { Credentials } from "../../stages.ts";
import { checkKeyForm } from "../plan/keyForm.ts";

/** Credentials, or what is wrong with a document, in words that show nothing of it. */
export type KeyDocument =
  | { readonly kind: "credentials"; readonly credentials: Credentials }
  | { readonly kind: "fault"; readonly says: string };

const required = ["AccessKeyId", "SecretAccessKey"] as const;

/** The JSON object's own members, or why there is none. */
export function membersOf(bytes: Uint8Array): ReadonlyMap<string, unknown> | string {
  // Decoding drops a byte order mark.
  const text = new TextDecoder().decode(bytes);
  if (text.trim() === "") return "it printed nothing";
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === "object" && answer !== null && !Array.isArray(answer)) {
      return new Map<string, unknown>(Object.entries(answer));
    }
    return "it printed JSON that is not an object";
  } catch {
    return "it did not print JSON";
  }
}

/**
 * Credentials from the members that AWS gives them in: AccessKeyId, SecretAccessKey, Expiration, AccountId.
 * @param tokenName the session token's name, which is not the same everywhere
 * @param written what gave the document and where, for the error about a key's form
 * @throws UserError `E_KEY_FORM`
 */
export function keysOf(
  members: ReadonlyMap<string, unknown>,
  tokenName: "SessionToken" | "Token",
  written: string,
): KeyDocument {
  const missing = required.filter((name) => !isText(members.get(name)));
  if (missing.length > 0) return fault(`its JSON has no ${missing.join(" and no ")}`);
  const expiration = expirationOf(members.get("Expiration"));
  if (expiration === "invalid") return fault("its Expiration is not a time");
  const token = members.get(tokenName);
  const account = members.get("AccountId");
  const credentials = {
    accessKeyId: String(members.get("AccessKeyId")),
    secretAccessKey: String(members.get("SecretAccessKey")),
    ...(isText(token) && { sessionToken: token }),
    ...(expiration !== null && { expiration }),
    ...(isText(account) && /^\d{12}$/.test(account) && { accountId: account }),
  };
  const named = (name: string) => `${name} from ${written}`;
  checkKeyForm(credentials, {
    accessKeyId: named("AccessKeyId"),
    secretAccessKey: named("SecretAccessKey"),
    sessionToken: named(tokenName),
  });
  return { kind: "credentials", credentials };
}

function expirationOf(value: unknown): Date | null | "invalid" {
  if (value === undefined || value === null) return null;
  const time = isText(value) ? new Date(value) : null;
  return time === null || Number.isNaN(time.getTime()) ? "invalid" : time;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function fault(says: string): KeyDocument {
  return { kind: "fault", says };
}
