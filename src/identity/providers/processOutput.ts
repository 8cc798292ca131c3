import type { Credentials } from "../../stages.ts";
import { checkKeyForm } from "../plan/keyForm.ts";

/** Credentials, or what is wrong with an output, in words that show nothing of it. */
export type ProcessOutput =
  | { readonly kind: "credentials"; readonly credentials: Credentials }
  | { readonly kind: "fault"; readonly says: string };

const required = ["AccessKeyId", "SecretAccessKey"] as const;

/**
 * Reads what a credential process printed: JSON, Version 1.
 * @param written names the process and its place, for the error about a key's form
 * @throws UserError `E_KEY_FORM`
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html
 */
export function parseProcessOutput(bytes: Uint8Array, written: string): ProcessOutput {
  const answer = parsedObject(bytes);
  if (typeof answer === "string") return fault(answer);
  const version = answer.get("Version");
  if (version !== 1) return fault(versionFault(version));
  const missing = required.filter((name) => !isText(answer.get(name)));
  if (missing.length > 0) return fault(`its JSON has no ${missing.join(" and no ")}`);
  const expiration = expirationOf(answer.get("Expiration"));
  if (expiration === "invalid") return fault("its Expiration is not a time");
  const credentials = credentialsOf(answer, expiration);
  const named = (name: string) => `${name} from ${written}`;
  checkKeyForm(credentials, {
    accessKeyId: named("AccessKeyId"),
    secretAccessKey: named("SecretAccessKey"),
    sessionToken: named("SessionToken"),
  });
  return { kind: "credentials", credentials };
}

function credentialsOf(answer: ReadonlyMap<string, unknown>, expiration: Date | null): Credentials {
  const token = answer.get("SessionToken");
  const account = answer.get("AccountId");
  return {
    accessKeyId: String(answer.get("AccessKeyId")),
    secretAccessKey: String(answer.get("SecretAccessKey")),
    ...(isText(token) && { sessionToken: token }),
    ...(expiration !== null && { expiration }),
    ...(isText(account) && /^\d{12}$/.test(account) && { accountId: account }),
  };
}

/** The JSON object's own members, or why there is none. */
function parsedObject(bytes: Uint8Array): ReadonlyMap<string, unknown> | string {
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

function versionFault(version: unknown): string {
  if (version === undefined) return "its JSON has no Version";
  return typeof version === "number"
    ? `its JSON is of Version ${version}, and only Version 1 is known`
    : "its Version is not the number 1";
}

function expirationOf(value: unknown): Date | null | "invalid" {
  if (value === undefined || value === null) return null;
  const time = isText(value) ? new Date(value) : null;
  return time === null || Number.isNaN(time.getTime()) ? "invalid" : time;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function fault(says: string): ProcessOutput {
  return { kind: "fault", says };
}
