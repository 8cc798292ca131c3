import {
  copySubjects,
  longestCopy,
  type PageMessage,
  type PageState,
  panelTabs,
} from "../../page/protocol.ts";
import { helpActions, type RequestHead, type RestoreKey } from "../../page/view.ts";

/** A message of the page, or null for anything that is not exactly one. */
export function readPageMessage(message: unknown): PageMessage | null {
  const fields = fieldsOf(message);
  const type = fields.get("type");
  switch (type) {
    case "ready":
    case "sendAgain":
    case "cancel":
    case "save":
    case "openInEditor":
    case "showBody":
    case "togglePin":
    case "runChecks":
      return { type };
    case "copy": {
      const what = copySubjects.find((subject) => subject === fields.get("what"));
      return what === undefined ? null : { type, what };
    }
    case "copyText": {
      const text = fields.get("text");
      return typeof text === "string" && text.length <= longestCopy ? { type, text } : null;
    }
    case "fix":
      return readFix(fields);
    case "help": {
      const action = helpActions.find((known) => known === fields.get("action"));
      return action === undefined ? null : { type, action };
    }
    case "showLine": {
      const line = fields.get("line");
      return isLine(line) ? { type, line } : null;
    }
    default:
      return null;
  }
}

function readFix(fields: ReadonlyMap<string, unknown>): PageMessage | null {
  const [finding, fix, send] = [fields.get("finding"), fields.get("fix"), fields.get("send")];
  if (!isLine(finding) || !isLine(fix) || typeof send !== "boolean") return null;
  return { type: "fix", finding, fix, send };
}

/** What a page kept over a reload, or null for anything that is not exactly that. */
export function readPageState(state: unknown): PageState | null {
  const fields = fieldsOf(state);
  const tab = panelTabs.find((known) => known === fields.get("tab"));
  const request = readHead(fields.get("request"));
  const restore = readRestoreKey(fields.get("restore"));
  if (fields.get("version") !== 1 || tab === undefined || request === null || restore === null) return null;
  return { version: 1, tab, request, restore, last: readLast(fields.get("last")) };
}

function readHead(value: unknown): RequestHead | null {
  const fields = fieldsOf(value);
  const texts = ["method", "origin", "path", "query", "title", "place"].map((key) => fields.get(key));
  if (!texts.every((text) => typeof text === "string")) return null;
  const [method = "", origin = "", path = "", query = "", title = "", place = ""] = texts;
  return { method, origin, path, query, title, place };
}

function readRestoreKey(value: unknown): RestoreKey | null {
  const fields = fieldsOf(value);
  const [document, line, name, digest] = ["document", "line", "name", "digest"].map((key) => fields.get(key));
  if (typeof document !== "string" || !isLine(line) || typeof digest !== "string") return null;
  return { document, line, name: typeof name === "string" ? name : null, digest };
}

function readLast(value: unknown): PageState["last"] {
  const fields = fieldsOf(value);
  const [status, statusText, when] = ["status", "statusText", "when"].map((key) => fields.get(key));
  return typeof status === "number" && typeof statusText === "string" && typeof when === "number"
    ? { status, statusText, when }
    : null;
}

function isLine(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Own fields only: nothing is ever found on a prototype. */
function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === "object" && value !== null ? Object.entries(value) : []);
}
