import { UserError } from "../errors.ts";
import { unreadableInclude } from "./includePath.ts";
import { type FileEffects, type FileFaults, nodeFileEffects, readRegularFile } from "./regularFile.ts";

/** The effects of reading an include. */
export type IncludeEffects = FileEffects;

/** The file system itself. */
export const nodeIncludeEffects: IncludeEffects = nodeFileEffects;

/** Bytes that an include may have which is read whole, unless told otherwise. */
export const includeLimit = 100 * 1024 * 1024;

/**
 * The bytes of an include, read once: what is hashed is what is sent.
 * @param realPath as `decideInclude` gave it
 * @param limit most bytes
 * @throws UserError `E_INCLUDE_UNREADABLE`, `E_REFUSED_INCLUDE_KIND`, `E_REFUSED_INCLUDE_SIZE`, `E_REFUSED_INCLUDE_CHANGED`
 */
export function readInclude(
  realPath: string,
  effects: IncludeEffects,
  limit = includeLimit,
): Promise<Uint8Array> {
  return readRegularFile(realPath, limit, includeFaults, effects);
}

/** What goes wrong with an included file. */
export const includeFaults: FileFaults = {
  unreadable: unreadableInclude,
  kind: (path, kind) =>
    new UserError({
      code: "E_REFUSED_INCLUDE_KIND",
      phase: "guard",
      message: `The included ${path} is ${kind}, not a file.`,
      hint: "Include a regular file: only its bytes can be known before they are signed.",
    }),
  size: (path, size, limit) =>
    new UserError({
      code: "E_REFUSED_INCLUDE_SIZE",
      phase: "guard",
      message: `The included file ${path} has ${size} bytes; the limit is ${limit}.`,
      hint: "Include a smaller file.",
    }),
  changed: (path) =>
    new UserError({
      code: "E_REFUSED_INCLUDE_CHANGED",
      phase: "guard",
      message: `The included file ${path} changed while it was read; nothing was sent.`,
      hint: "Send again when nothing writes to the file any more.",
    }),
};
