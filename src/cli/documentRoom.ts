import { join } from "node:path";
import { type TripError, UserError } from "../errors.ts";
import { sizeText } from "../shown/bodyText.ts";
import type { BodyStore, ExchangeResponse } from "../stages.ts";
import { bodyPieces } from "../transport/bodyPieces.ts";
import { keptName } from "../transport/temporary.ts";
import type { Trip } from "../trip/trip.ts";
import { openOutputFile } from "./outputFile.ts";
import type { Surroundings } from "./surroundings.ts";

/** How many characters of bodies a document can still take: it is one string, and is copied as it is made. */
export interface DocumentRoom {
  characters: number;
}

/** A body that stands in no document. */
export interface LeftOutBody {
  /** Where all of its bytes are; null when they could not be kept. */
  readonly file: string | null;
}

/** A trip as the document tells it. */
export interface DocumentedTrip {
  readonly trip: Trip;
  readonly leftOut: LeftOutBody | null;
}

/** Bytes of the largest body in a document: with what becomes of it on the way it takes ten times as much memory. */
const largestBody = 100 * 1024 * 1024;

/** The room of an empty document: half of what one string holds. */
export function documentRoom(characters = 2 ** 28): DocumentRoom {
  return { characters };
}

/**
 * Takes the room for the body of a trip. A body that does not fit is an error of its trip, and kept in a file beside those
 * that are temporary, unless `--output` has kept it.
 * @param output the file of `--output`, or null
 */
export async function documentedTrip(
  trip: Trip,
  room: DocumentRoom,
  output: string | null,
  surroundings: Surroundings,
): Promise<DocumentedTrip> {
  const response = trip.exchange?.response ?? null;
  if (response === null || surroundings.signal.aborted) return { trip, leftOut: null };
  if (await takesRoom(response.body, room)) return { trip, leftOut: null };
  if (output !== null && trip.error?.code !== "E_OUTPUT") {
    return { trip: told(trip, response, inOutput(response.body.size, output)), leftOut: { file: output } };
  }
  const kept = await keep(response.body, surroundings);
  const error = tooLarge(response.body.size, kept);
  const cut = told(trip, { ...response, complete: false }, trip.error === null ? null : error.message);
  return { trip: { ...cut, error: trip.error ?? error }, leftOut: { file: kept.file } };
}

async function takesRoom(body: BodyStore, room: DocumentRoom): Promise<boolean> {
  if (body.size > largestBody || body.size > room.characters) return false;
  const needed = await charactersOf(body, room.characters);
  if (needed > room.characters) return false;
  room.characters -= needed;
  return true;
}

/** At most so many characters a body becomes in JSON, whatever it is; counted no further than to `most`. */
async function charactersOf(body: BodyStore, most: number): Promise<number> {
  let count = 0;
  for await (const piece of bodyPieces(body)) {
    for (const byte of piece) count += weights[byte] ?? longest;
    if (count > most) break;
  }
  return count;
}

/** A control is written as `\u001b`. */
const longest = 6;

/** Characters for each byte: what is not ASCII has two bytes at least where it is written out. */
const weights = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return longest / 2;
  if (byte === 0x7f) return longest;
  if (byte < 0x20) return "\b\t\n\f\r".includes(String.fromCharCode(byte)) ? 2 : longest;
  return byte === 0x22 || byte === 0x5c ? 2 : 1;
});

interface Kept extends LeftOutBody {
  /** Why it is not kept. */
  readonly why: string | null;
}

async function keep(body: BodyStore, surroundings: Surroundings): Promise<Kept> {
  const file = join(surroundings.tmpdir, keptName());
  try {
    const output = await openOutputFile(file, 1, surroundings);
    await output.save(body).finally(output.discard);
    return { file, why: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { file: null, why: error.message };
  }
}

function tooLarge(size: number, { file, why }: Kept): TripError {
  const where =
    file === null
      ? `It is discarded, because it could not be kept: ${why}`
      : `Its bytes are kept in ${file}, unmasked; move it if you need it: a run of awsreq a day from now removes it.`;
  return {
    code: "E_BODY_DOCUMENT",
    phase: "body",
    message: `The body (${sizeText(size)}) does not fit into a JSON document. ${where}`,
    hint: "Use --output FILE, or leave --json out: files and pipes take a body of any size.",
  };
}

function inOutput(size: number, output: string): string {
  return `The body (${sizeText(size)}) does not fit into a JSON document; it is in ${output}.`;
}

function told(trip: Trip, response: ExchangeResponse, warning: string | null): Trip {
  if (trip.exchange === null) return trip;
  const warnings = warning === null ? response.warnings : [...response.warnings, warning];
  return { ...trip, exchange: { ...trip.exchange, response: { ...response, warnings } } };
}
