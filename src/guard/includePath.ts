import { UserError } from "../errors.ts";
import { type FilePlaces, forbiddenPlace, isInside, realOrSame } from "./filePlace.ts";

/** Whether an include may be read. `ask`: its real path leaves the folder, so a person decides; `reason` says where it leads. */
export type IncludeDecision =
  | { readonly kind: "allow"; readonly realPath: string }
  | { readonly kind: "ask"; readonly realPath: string; readonly reason: string }
  | { readonly kind: "refuse"; readonly error: UserError };

/**
 * Decides by its path whether a file may be included; the path as written and the real one must both pass.
 * @param path absolute, or as written when it is a UNC path
 * @param realpath resolves links, as `fs.realpath`
 */
export async function decideInclude(
  path: string,
  places: FilePlaces,
  realpath: (path: string) => Promise<string>,
): Promise<IncludeDecision> {
  const byName = forbiddenPlace(path, places);
  if (byName !== null) return refuse(path, byName);
  const found = await resolved(path, realpath);
  if (found instanceof UserError) return { kind: "refuse", error: found };
  const home = places.home === null ? null : await realOrSame(places.home, realpath);
  const byLink = forbiddenPlace(found, { ...places, home });
  if (byLink !== null) return refuse(path, byLink);
  if (isInside(found, await realOrSame(places.folder, realpath), places.platform)) {
    return { kind: "allow", realPath: found };
  }
  return {
    kind: "ask",
    realPath: found,
    reason:
      found === path
        ? `${path} is outside ${places.folder}`
        : `${path} leads to ${found}, outside ${places.folder}`,
  };
}

function refuse(path: string, place: string): IncludeDecision {
  const error = new UserError({
    code: "E_REFUSED_INCLUDE",
    phase: "guard",
    message: `${path} is ${place}; files there are never put into a request.`,
    hint: "Copy what you want to send into a file beside the request file.",
  });
  return { kind: "refuse", error };
}

async function resolved(
  path: string,
  realpath: (path: string) => Promise<string>,
): Promise<string | UserError> {
  try {
    return await realpath(path);
  } catch (cause) {
    return unreadableInclude(path, cause);
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "does not exist"],
  ["ENOTDIR", "does not exist: a part of its path is a file"],
  ["EACCES", "may not be read by you"],
  ["EPERM", "may not be read by you"],
  ["ELOOP", "is a loop of links"],
  ["ENAMETOOLONG", "has too long a name"],
  ["EISDIR", "is a folder"],
]);

/** `E_INCLUDE_UNREADABLE`: an include that the system would not open or read. */
export function unreadableInclude(path: string, cause: unknown): UserError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown error";
  return new UserError({
    code: "E_INCLUDE_UNREADABLE",
    phase: "resolve",
    message: `The included file ${path} ${reasons.get(code) ?? `could not be read (${code})`}.`,
    hint: "Correct the path after `<`: it is relative to the request file.",
    cause,
  });
}
