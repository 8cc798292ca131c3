import { UserError } from "../errors.ts";
import type { Arrival, Received } from "./arrival.ts";
import { throughProxy } from "./faultContext.ts";
import { errorCode } from "./faults.ts";
import { fieldValues } from "./head.ts";
import { malformedBody } from "./malformedAnswer.ts";
import type { Transfer } from "./transfer.ts";

/** Why a body is not complete. `late` is what the connection failed of, if it did. */
export function bodyFault(arrival: Arrival, late: unknown, transfer: Transfer): UserError {
  const context = transfer.context();
  const code = errorCode(late);
  const peer = context.peer + throughProxy(context);
  if (code.startsWith("HPE_")) {
    return new UserError({
      code: "E_BODY_MALFORMED",
      phase: "body",
      message: `The body sent by ${peer} is malformed: ${malformedBody(late, code)}; ${arrival.body.size} bytes arrived before that.`,
      hint: "What arrived is kept. The server is wrong here, not the request.",
      cause: late,
    });
  }
  const reset = late instanceof Error && "syscall" in late;
  const left = reset ? "reset" : "closed";
  return new UserError({
    code: "E_BODY_CUT",
    phase: "body",
    message: `Body cut: ${arrived(arrival)} before ${peer} ${left} the connection.`,
    hint: "What arrived is kept. Send again; if it stays, look at the server's log.",
    cause: late,
  });
}

function arrived({ headers, body }: Arrival): string {
  const length = fieldValues(headers, "content-length")[0];
  if (length !== undefined && /^\d{1,18}$/.test(length)) return `${body.size} of ${length} bytes arrived`;
  return `${body.size} bytes arrived, but not the end of the body,`;
}

/** What is odd about an answer without spoiling it. */
export function bodyWarnings(
  arrival: Arrival,
  received: Received,
  late: unknown,
  transfer: Transfer,
): readonly string[] {
  const warnings: string[] = [];
  if (arrival.status > 599) {
    warnings.push(`The status ${arrival.status} is none that HTTP defines (100 to 599).`);
  }
  if (received.complete && errorCode(late).startsWith("HPE_")) {
    warnings.push("The server sent extra bytes after the end of the body; they are left out.");
  }
  if (received.complete && isLengthUnknown(arrival, transfer)) {
    warnings.push("Length unknown: the server gave none, so the body ends where it closed the connection.");
  }
  return warnings;
}

function isLengthUnknown({ status, headers, fault }: Arrival, transfer: Transfer): boolean {
  const bodiless = transfer.request.method === "HEAD" || status < 200 || status === 204 || status === 304;
  const framed =
    fieldValues(headers, "content-length").length > 0 || fieldValues(headers, "transfer-encoding").length > 0;
  return !bodiless && !framed && fault === null;
}
