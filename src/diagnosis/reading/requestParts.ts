import type { CapturedRequest, Field } from "../../stages.ts";

/** A line `Name: value` as a header field; nothing for any other line. */
export function fieldOf(line: string): readonly Field[] {
  const colon = line.indexOf(":");
  return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
}

/**
 * A captured request from what stands in its first line, its headers and its body.
 * @param target a path, or a whole URL
 * @param body null where it is not known
 */
export function requestOf(
  method: string,
  target: string,
  headers: readonly Field[],
  body: string | null,
): CapturedRequest {
  const [, ofUrl = "", rest = target] = /^[a-z]+:\/\/([^/?#]*)(.*)$/i.exec(target) ?? [];
  const host = headers.find(([name]) => name.toLowerCase() === "host")?.[1] ?? ofUrl;
  const [path = "", ...query] = (rest.split("#", 1)[0] ?? "").split("?");
  return {
    method,
    host: host.toLowerCase(),
    path: path === "" ? "/" : path,
    query: query.length === 0 ? null : query.join("?"),
    headers,
    body,
  };
}
