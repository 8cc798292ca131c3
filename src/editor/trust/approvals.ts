import type * as vscode from "vscode";
import { parseApprovals, serialiseApprovals } from "../../guard/approvalDocument.ts";
import { type ApprovalStore, subjectKey } from "../../guard/approvalStore.ts";

/** Approvals that can all be taken back at once. */
export interface EditorApprovals extends ApprovalStore {
  /** Takes every approval back and says how many there were. */
  forget(): Promise<number>;
}

const stateKey = "awsreq.approvals";

/** Approvals in the person's own state on this machine, never in a workspace. */
export function createApprovals(globalState: vscode.Memento): EditorApprovals {
  const all = () => {
    const text: unknown = globalState.get(stateKey);
    return typeof text === "string" ? (parseApprovals(text) ?? []) : [];
  };
  return {
    load: async () => all(),
    async save(approval) {
      const key = subjectKey(approval.subject);
      const others = all().filter(({ subject }) => subjectKey(subject) !== key);
      await globalState.update(stateKey, serialiseApprovals([...others, approval]));
    },
    async forget() {
      const count = all().length;
      await globalState.update(stateKey, undefined);
      return count;
    },
  };
}
