import * as vscode from "vscode";
import { inform } from "../commands/requestCommand.ts";

/** By how much requests of this workspace are signed ahead of this machine's clock. */
export interface ClockOffset {
  /** Milliseconds; 0 for this machine's clock as it is. */
  value(): number;
  /** From now on; says so, and offers to take it back. */
  use(milliseconds: number): Promise<void>;
}

const key = "awsreq.clockOffset";

/** Milliseconds: no clock is wrong by less. */
const smallest = 2000;

/** Milliseconds: a whole day off is no clock that anybody signs with. */
const largest = 24 * 60 * 60 * 1000;

/** Kept in the workspace's own state on this machine, never in its files. */
export function createClockOffset(memento: vscode.Memento): ClockOffset {
  const value = (): number => {
    const kept: unknown = memento.get(key);
    return typeof kept === "number" && Math.abs(kept) <= largest ? kept : 0;
  };
  const use = async (milliseconds: number): Promise<void> => {
    const size = Math.abs(milliseconds);
    if (size > largest)
      return inform(vscode.l10n.t("The clocks differ by more than a day: set this machine's clock."));
    await memento.update(key, size >= smallest ? milliseconds : undefined);
    if (value() === 0) return;
    const back = vscode.l10n.t("Use This Machine's Clock");
    void vscode.window
      .showInformationMessage(
        vscode.l10n.t(
          "Requests of this workspace are signed with the server's time from now on: {0} s {1} this machine's clock.",
          Math.round(Math.abs(milliseconds) / 1000),
          milliseconds > 0 ? vscode.l10n.t("after") : vscode.l10n.t("before"),
        ),
        back,
      )
      .then((picked) => (picked === back ? memento.update(key, undefined) : undefined));
  };
  return { value, use };
}
