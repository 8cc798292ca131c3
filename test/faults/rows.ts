import type { FaultRow } from "./faultRow.ts";
import { connectingFaults } from "./rows/connecting.ts";
import { credentialFaults } from "./rows/credentials.ts";
import { framingFaults } from "./rows/framing.ts";
import { headFaults } from "./rows/head.ts";
import { inputFaults } from "./rows/inputFile.ts";
import { proxyFaults } from "./rows/proxy.ts";
import { semanticFaults } from "./rows/semantics.ts";
import { textFaults } from "./rows/text.ts";
import { timeFaults } from "./rows/time.ts";
import { uploadFaults } from "./rows/uploading.ts";

/** Every fault that is known of, by the part of the trip in which it happens. */
export const faultGroups: readonly (readonly [title: string, rows: readonly FaultRow[]])[] = [
  ["Connecting", connectingFaults],
  ["The proxy", proxyFaults],
  ["The head of the answer", headFaults],
  ["Where the body ends", framingFaults],
  ["What the body is", textFaults],
  ["What the answer means", semanticFaults],
  ["Sending", uploadFaults],
  ["Time, and many at once", timeFaults],
  ["Credentials and configuration", credentialFaults],
  ["The request file and the terminal", inputFaults],
];

/** All of them, in order. */
export const faultRows: readonly FaultRow[] = faultGroups.flatMap(([, rows]) => rows);

/** The row of a number; throws when there is none. */
export function faultRow(number: number): FaultRow {
  const found = faultRows.find((row) => row.number === number);
  if (found === undefined) throw new Error(`There is no fault ${number}.`);
  return found;
}
