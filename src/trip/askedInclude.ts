import { realpath } from "node:fs/promises";
import { UserError } from "../errors.ts";
import { decideInclude } from "../guard/includePath.ts";
import { openInclude } from "../guard/openInclude.ts";
import { nodeIncludeEffects } from "../guard/readInclude.ts";
import type { Ask } from "../questions.ts";
import type { IncludedFile } from "../requestBody.ts";

/** From where a file is included. */
export interface IncludingPlace {
  /** Absolute; what really lies below it is read unasked. */
  readonly folder: string;
  readonly home: string | null;
  readonly platform: NodeJS.Platform;
  /** `pets.awsreq:12`, or the file's name alone. */
  readonly place: string;
}

/**
 * The bytes of an included file, or a large file itself. One whose real path leaves the folder is asked about each time: what it leads to may
 * change.
 * @throws UserError `E_REFUSED_INCLUDE_…` and what reading throws
 */
export async function askedInclude(
  path: string,
  from: IncludingPlace,
  ask: Ask,
): Promise<Uint8Array | IncludedFile> {
  const { folder, place } = from;
  const decision = await decideInclude(path, from, realpath);
  if (decision.kind === "refuse") throw decision.error;
  if (decision.kind === "ask") {
    const { realPath, reason } = decision;
    const answer = await ask({ kind: "include", path: realPath, folder, reason, place });
    if (answer !== true) throw notIncluded(reason, folder);
  }
  return openInclude(decision.realPath, nodeIncludeEffects);
}

function notIncluded(reason: string, folder: string): UserError {
  return new UserError({
    code: "E_REFUSED_INCLUDE_OUTSIDE",
    phase: "guard",
    message: `The included file is not read: ${reason}, which was not allowed. Nothing was sent.`,
    hint: `Say yes when you are asked, or put the file into ${folder}.`,
  });
}
