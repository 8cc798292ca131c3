import { UserError } from "../errors.ts";
import type { Header } from "../stages.ts";

/**
 * A request cannot bring its own time of signing.
 * @throws UserError `E_DATE_TYPED`
 */
export function refuseTypedDate(headers: readonly Header[]): void {
  if (!headers.some((header) => header.name.toLowerCase() === "x-amz-date")) return;
  throw new UserError({
    code: "E_DATE_TYPED",
    phase: "sign",
    message: "The request has an X-Amz-Date header of its own, but signing sets it to the time of signing.",
    hint: "Remove the X-Amz-Date line from the request.",
  });
}
