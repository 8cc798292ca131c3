import { presigningNamesIn } from "../signing/presignedTarget.ts";
import type { AuthMode, Credentials, ResolvedRequest } from "../stages.ts";

/** Sentences about parts of a signature that were typed, and that signing writes itself. */
export function typedSigningNotes(
  { headers, target }: Pick<ResolvedRequest, "headers" | "target">,
  { kind }: AuthMode,
  { sessionToken }: Pick<Credentials, "sessionToken">,
): readonly string[] {
  const typed = headers.some(
    ({ name, value }) => name.toLowerCase() === "x-amz-security-token" && value !== sessionToken,
  );
  const became =
    sessionToken === undefined
      ? "left out: the keys that sign have no session token"
      : "replaced by the session token of the keys that sign";
  const names = kind === "presign" ? presigningNamesIn(target.query) : [];
  return [
    ...(typed ? [`The X-Amz-Security-Token header that was typed is ${became}.`] : []),
    ...(names.length === 0
      ? []
      : [
          `The URL's own ${names.join(", ")} ${names.length === 1 ? "is" : "are"} left out: presigning writes such parameters anew.`,
        ]),
  ];
}
