import type * as vscode from "vscode";
import { parseApprovals, serialiseApprovals } from "../../guard/approvalDocument.ts";
import { type Approval, type ApprovalStore, createTurns, subjectKey } from "../../guard/approvalStore.ts";

/** Approvals of the editor. */
export interface EditorApprovals extends ApprovalStore {
  /** What holds now. */
  all(): readonly Approval[];
}

const stateKey = "awsreq.approvals";

/**
 * Approvals in the person's own state on this machine, never in a workspace.
 * @param warn gets a sentence when approvals of an earlier version were dropped; once, as they are gone then
 */
export function createApprovals(
  globalState: vscode.Memento,
  warn: (outdated: number) => void,
): EditorApprovals {
  const read = () => {
    const text: unknown = globalState.get(stateKey);
    return (typeof text === "string" ? parseApprovals(text) : null) ?? { approvals: [], outdated: 0 };
  };
  const keep = (approvals: readonly Approval[]) =>
    globalState.update(stateKey, approvals.length === 0 ? undefined : serialiseApprovals(approvals));
  const without = (keys: ReadonlySet<string>) =>
    read().approvals.filter(({ subject }) => !keys.has(subjectKey(subject)));
  return {
    all: () => read().approvals,
    async load() {
      const { approvals, outdated } = read();
      if (outdated > 0) {
        await keep(approvals);
        warn(outdated);
      }
      return approvals;
    },
    async save(approval) {
      await keep([...without(new Set([subjectKey(approval.subject)])), approval]);
    },
    async forget(keys) {
      const left = without(keys);
      const count = read().approvals.length - left.length;
      await keep(left);
      return count;
    },
    inTurn: createTurns(),
  };
}
