import { readText } from "../guard/readText.ts";
import type { ExchangeResponse } from "../stages.ts";
import { contentTypeOf } from "./redactedBody.ts";

/** What an answer says at its beginning, as text, in its charset. Not masked: it is to be read, not shown. */
export async function answeredText(
  { body, headers }: Pick<ExchangeResponse, "body" | "headers">,
  longest: number,
): Promise<string> {
  return readText(await body.slice(0, longest), contentTypeOf(headers)).text;
}
