import type { Signer } from "../stages.ts";
import { signerName } from "./approvalArgument.ts";

/**
 * Whether the person marked a signer as protected: requests that change things are asked about each time. Names are
 * compared without case; keys that no profile has go by `environment`, `web-identity`, `container`, `instance`, `private-environment`.
 * @param patterns names; `*` stands for any characters, as in `prod-*`
 */
export function isProtected(signer: Signer, patterns: readonly string[]): boolean {
  const name = signerName(signer).toLowerCase();
  return patterns.some((pattern) => matches(name, pattern.toLowerCase()));
}

/** In time proportional to the name for each `*`: a pattern may come from a setting that somebody mistyped. */
function matches(name: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return name === pattern;
  if (!name.startsWith(first) || !name.endsWith(last)) return false;
  let from = first.length;
  for (const piece of rest) {
    const at = name.indexOf(piece, from);
    if (at === -1) return false;
    from = at + piece.length;
  }
  return from <= name.length - last.length;
}
