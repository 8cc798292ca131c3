import { type Answer, jsonAnswer } from "./answer.ts";
import { percentDecode } from "./percentCoding.ts";
import { toText } from "./rawRequest.ts";
import { isRefusedCause, refusedAnswer, refusedCauses } from "./refusedCauses.ts";
import { gatewayHeaders, type Scene } from "./scene.ts";

/** An answer that does not depend on who signed. */
export interface ShownRefusal {
  readonly answer: Answer;
  readonly note: string;
}

/**
 * The answer below `/prod/refusals`, or null for any other path. `/prod/refusals/{cause}` answers as AWS does for that
 * cause, signed or not; `/prod/refusals` lists the causes.
 */
export function showRefusal(scene: Scene): ShownRefusal | null {
  const match = /^\/prod\/refusals(?:\/([^/]*))?$/.exec(scene.path);
  if (match === null) return null;
  const headers = gatewayHeaders(scene);
  const [, given] = match;
  if (given === undefined) {
    return { answer: jsonAnswer(200, { refusals: refusedCauses }, headers), note: "lists refusals" };
  }
  const cause = toText(percentDecode(given));
  if (isRefusedCause(cause)) return { answer: refusedAnswer(cause, scene), note: `shows ${cause}` };
  const message = `There is no refusal named '${cause}'; /prod/refusals lists them.`;
  return { answer: jsonAnswer(404, { message }, headers), note: "shows no refusal" };
}
