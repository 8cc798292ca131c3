import { UserError } from "../errors.ts";
import { sizeInWords } from "./sizeInWords.ts";

/** What a limit of the body counts. */
export type BodyLimit = "receivedBody" | "decodedBody";

/** The error for a body that is larger than a limit; what came before is kept. */
export function bodyTooLarge(name: BodyLimit, limit: number): UserError {
  const undone = name === "decodedBody" ? " once its encoding is undone" : "";
  return new UserError({
    code: "E_BODY_TOO_LARGE",
    phase: "body",
    message: `The body is larger than the limit of ${sizeInWords(limit)} (${name})${undone}; what comes before is kept.`,
    hint: "awsreq send --output FILE, or a pipe in place of a terminal, takes a body of any size.",
  });
}

/** The error for a body that cannot be had from the bytes that came. */
export function bodyEncoding(message: string): UserError {
  return new UserError({
    code: "E_BODY_ENCODING",
    phase: "body",
    message,
    hint: "What could be decoded is kept. Send again; if it stays, ask for the body with `Accept-Encoding: identity`.",
  });
}

/** The error for a body that cannot be stored. */
export function bodyStorage(directory: string, what: string, cause: unknown): UserError {
  const code = cause instanceof Error && "code" in cause ? ` (${String(cause.code)})` : "";
  return new UserError({
    code: "E_BODY_STORAGE",
    phase: "body",
    message: `${what} could not be written to ${directory}${code}.`,
    hint: "Check that the directory can be written to and has room. What was stored before is kept.",
    cause,
  });
}
