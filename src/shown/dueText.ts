import type { DueLine, SendQuestion } from "../questions.ts";
import type { OutsideValue, Signer } from "../stages.ts";

/** Translates a text and fills `{0}`, `{1}` in; `vscode.l10n.t` in the editor. */
export type Translate = (text: string, ...values: string[]) => string;

/** The text as it is written, filled in. */
export const inEnglish: Translate = (text, ...values) =>
  text.replace(/\{(\d)\}/g, (_all, at) => values[Number(at)] ?? "");

/** What one send needs a yes for, in words. Names in it come from files: each part is one line of a screen, to be made inert. */
export interface DueText {
  /** The question. */
  readonly message: string;
  /** Each thing that the yes covers, a sentence without its full stop. */
  readonly lines: readonly string[];
  /** Which file says so. */
  readonly from: string;
  /** What "in this folder" means; null when nothing would be remembered. */
  readonly remembered: string | null;
}

/** Says what is due before a request may go, what a yes covers, and how it is taken back. */
export function dueText(question: SendQuestion, t: Translate): DueText {
  const { lines, host, method, sends, changes, place, folder } = question;
  const shown = lines.map((line) => lineText(line, t));
  const what = changes === null ? t("It only reads") : changeText(changes, t);
  return {
    message: messageOf(question, t),
    lines: sends ? [...shown, what] : shown,
    from: sends ? t("{0} to {1}, written in {2}", method, host, place) : t("Written in {0}", place),
    remembered: question.remembers ? rememberedText(question, folder, t) : null,
  };
}

function messageOf({ lines, host, sends }: SendQuestion, t: Translate): string {
  const signer = lines.find((line) => line.kind === "signer");
  if (signer !== undefined) {
    const who = signerText(signer.signer, t);
    return sends ? t("Sign with {0} and send to {1}?", who, host) : t("Sign with {0}? Nothing is sent.", who);
  }
  const [only] = lines;
  if (only?.kind === "process" && lines.length === 1)
    return t("Run the program that gives the credentials of profile {0}?", only.profile);
  const values = lines.flatMap((line) => (line.kind === "value" ? [valueText(line.value, t)] : []));
  if (values.length > 0 && values.length === lines.length)
    return t("Send {0} to {1}?", values.join(t(" and ")), host);
  return t("Send this request to {0}?", host);
}

function lineText(line: DueLine, t: Translate): string {
  switch (line.kind) {
    case "signer":
      return signingText(line, t);
    case "connection":
      return t("It connects to {0}, not to the host of its URL", line.connectTo);
    case "value":
      return t("It sends {0}", valueText(line.value, t));
    case "process":
      return t(
        "A program gives the credentials of profile {0}; it is named at {1} and is run",
        line.profile,
        line.place,
      );
    case "protected":
      return t("You protected {0}: each change is asked about", signerText(line.signer, t));
    case "handsOut":
      return withCapital(line.reason);
    case "confirm":
      return line.text === ""
        ? t("The file wants a yes before this is sent")
        : t("The file asks: “{0}”", line.text);
  }
}

/** Some reasons are a sentence of their own, others what makes one wonder. */
function changeText(reason: string, t: Translate): string {
  return / may change something\b/.test(reason)
    ? withCapital(reason)
    : t("It may change something: {0}", reason);
}

function withCapital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function signingText(line: Extract<DueLine, { kind: "signer" }>, t: Translate): string {
  const { signer, source, role, account, region, service } = line;
  const parts = [
    t("It is signed with {0}", signerText(signer, t)),
    ...(source === "default" || source === "" ? [t("which nobody chose")] : [t("chosen by {0}", source)]),
    ...(role === null ? [] : [t("as role {0}", role)]),
    ...(account === null ? [] : [t("in account {0}", account)]),
    ...(service === null || service === "" ? [] : [t("for {0}", region ? `${region}/${service}` : service)]),
  ];
  return parts.join(", ");
}

/** A signer in words. */
export function signerText(signer: Signer, t: Translate): string {
  switch (signer.kind) {
    case "profile":
      return t("profile {0}", signer.name);
    case "environment":
      return t("the keys of the environment");
    case "web-identity":
      return t("the web identity of the environment");
    case "container":
      return t("the container's credentials");
    case "instance":
      return t("the instance's credentials");
    case "private-environment":
      return t("keys of your private environment");
  }
}

/** A kind of value that leaves with a request, in words. */
export function valueText(value: OutsideValue, t: Translate): string {
  switch (value) {
    case "include":
      return t("the contents of a file");
    case "processEnv":
      return t("an environment variable");
    case "privateEnvironment":
      return t("a value of your private environment");
  }
}

function rememberedText(
  { sends, changes, rememberedHost }: SendQuestion,
  folder: string,
  t: Translate,
): string {
  const host = rememberedHost === "loopback" ? t("this machine, whatever the port,") : rememberedHost;
  if (!sends) return t("requests of {0} may sign so from now on", folder);
  return changes === null
    ? t("requests of {0} that only read may do so at {1} from now on", folder, host)
    : t("all requests of {0} may do so at {1} from now on", folder, host);
}
