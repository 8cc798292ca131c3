import type { Field } from "../stages.ts";

/** A sentence for a body that is not shown. */
export const notSearched =
  "The body is not shown: it is written in a way that cannot be searched for credentials. --output FILE keeps its exact bytes.";

/** A sentence for a body in which something was masked. */
export const maskedRemark = "Credentials in the body are masked; --output FILE keeps its exact bytes.";

/** A sentence that says what a text lost, with where all of it is. */
export function lossRemark(loss: string): string {
  return `${loss} --output FILE keeps its exact bytes.`;
}

/** The value of the first Content-Type, or "". */
export function contentTypeOf(headers: readonly Field[]): string {
  return headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
}
