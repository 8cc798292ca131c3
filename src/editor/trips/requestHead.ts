import type { Redactor } from "../../guard/redactor.ts";
import type { RequestHead } from "../../page/view.ts";
import type { RequestBlock } from "../../stages.ts";
import type { PreparedTrip } from "../../trip/trip.ts";

/** The head of the panel for a request of which only the text is known: variables are not expanded yet. */
export function typedHead(block: RequestBlock, fileName: string): RequestHead {
  const typed = block.target.map(({ text }) => text).join("");
  return {
    method: block.method.text,
    ...urlParts(typed),
    title: block.title === "" ? (block.name ?? "") : block.title,
    place: `${fileName}:${block.method.range.start.line + 1}`,
  };
}

/** The head of the panel for a request whose text was resolved; the typed one when that failed. */
export function resolvedHead(prepared: PreparedTrip, typed: RequestHead, redactor: Redactor): RequestHead {
  const { request } = prepared;
  if (request === null) return redactedHead(typed, redactor);
  const { scheme, authority } = request.target;
  const { path, query } = urlParts(request.target.typed);
  return redactedHead({ ...typed, origin: `${scheme}//${authority}`, path, query }, redactor);
}

/** A head with nothing in it that must not be shown. */
export function redactedHead(head: RequestHead, redactor: Redactor): RequestHead {
  return {
    ...head,
    origin: redactor.text(head.origin),
    path: redactor.text(head.path),
    query: redactor.text(`?${head.query}`).slice(1),
    title: redactor.text(head.title),
  };
}

/** A URL as typed, in the three parts that the panel tells apart. Userinfo is never shown. */
function urlParts(typed: string): Pick<RequestHead, "origin" | "path" | "query"> {
  const [, scheme = "", authority = "", rest = ""] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)(.*)$/is.exec(typed) ?? [];
  const mark = rest.indexOf("?");
  const origin = `${scheme}${authority.replace(/^.*@/s, "")}`;
  return mark < 0
    ? { origin, path: rest, query: "" }
    : { origin, path: rest.slice(0, mark), query: rest.slice(mark + 1) };
}
