import { createHash } from "node:crypto";
import { type Approval, type ApprovalSubject, approvalLifetime, subjectKey } from "../guard/approvalStore.ts";
import { signerText, type Translate, valueText } from "./dueText.ts";

/** An approval in words, for a list from which it can be taken back. */
export interface ApprovalText {
  /** Eight hexadecimal digits that name it, the same each time. */
  readonly id: string;
  /** What may happen, and where. */
  readonly what: string;
  /** In which folder; null where it holds in all. */
  readonly folder: string | null;
  readonly lastUsed: Date;
  /** Without another use it is asked for again after that. */
  readonly ends: Date;
}

/** Says what an approval allows. Names in it come from files. */
export function approvalText({ subject, used }: Approval, t: Translate): ApprovalText {
  return {
    id: createHash("sha256").update(subjectKey(subject)).digest("hex").slice(0, 8),
    what: whatOf(subject, t),
    folder: "folder" in subject ? subject.folder : null,
    lastUsed: new Date(used),
    ends: new Date(used + approvalLifetime),
  };
}

function whatOf(subject: ApprovalSubject, t: Translate): string {
  switch (subject.kind) {
    case "signing":
      return t("sign with {0}, sending nothing", whoText(subject, t));
    case "credentials":
      return subject.changes
        ? t("send to {0} with {1}, changes too", placeText(subject, t), whoText(subject, t))
        : t("send to {0} with {1}, reading only", placeText(subject, t), whoText(subject, t));
    case "connection":
      return t("send unsigned requests to {0}", placeText(subject, t));
    case "value":
      return t("send {0} to {1}", valueText(subject.value, t), placeText(subject, t));
    case "process":
      return t("run the program of profile {0} (SHA-256 {1}…)", subject.profile, subject.hash.slice(0, 12));
  }
}

function whoText({ signer, role }: Extract<ApprovalSubject, { role: string | null }>, t: Translate): string {
  const who = signerText(signer, t);
  return role === null ? who : t("{0} as role {1}", who, role);
}

function placeText({ to }: Extract<ApprovalSubject, { to: object }>, t: Translate): string {
  const url =
    to.host === "loopback" ? t("this machine ({0})", to.scheme.slice(0, -1)) : `${to.scheme}//${to.host}`;
  return to.connectTo === null ? url : t("{0} by way of {1}", url, to.connectTo);
}
