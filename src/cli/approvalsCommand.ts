import { UserError } from "../errors.ts";
import { type Approval, isFresh, subjectKey } from "../guard/approvalStore.ts";
import { inertLine } from "../guard/terminalText.ts";
import { approvalText } from "../shown/approvalText.ts";
import { inEnglish } from "../shown/dueText.ts";
import type { Command } from "./command.ts";
import { exitCodes } from "./exitCode.ts";
import { outputStyle, write, writeJson, writeLines } from "./output.ts";
import type { Surroundings } from "./surroundings.ts";
import { approvalStore } from "./tripEffects.ts";

type ApprovalsArguments = Extract<Command, { command: "approvals" }>;

/** `awsreq approvals list` and `awsreq approvals forget`: what was approved on terminals, and taking it back. */
export async function approvalsCommand(
  args: ApprovalsArguments,
  surroundings: Surroundings,
): Promise<number> {
  const store = approvalStore(surroundings);
  const known = (await store.load()).filter((approval) => isFresh(approval, Date.now()));
  if (args.action === "list") {
    if (args.json) await writeJson(surroundings, documentOf(known));
    else await write(surroundings.stdout, listOf(known, surroundings));
    if (known.length === 0 && !args.json) await writeLines(surroundings, ["Nothing is approved."]);
    return exitCodes.good;
  }
  const chosen = args.all ? known : args.ids.map((id) => approvalCalled(id, known));
  const count = await store.forget(new Set(chosen.map(({ subject }) => subjectKey(subject))));
  await writeLines(surroundings, [
    count === 0 ? "There was no approval to forget." : `Forgotten: ${count}. The next send asks again.`,
  ]);
  return exitCodes.good;
}

function approvalCalled(id: string, known: readonly Approval[]): Approval {
  const found = known.filter((approval) => approvalText(approval, inEnglish).id.startsWith(id));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new UserError({
    code: "E_USAGE",
    phase: "usage",
    message: found.length === 0 ? `No approval is called ${id}.` : `Several approvals begin with ${id}.`,
    hint: "awsreq approvals list shows what each is called.",
  });
}

function listOf(known: readonly Approval[], surroundings: Surroundings): string {
  const style = outputStyle(surroundings);
  const lines = known.flatMap((approval) => {
    const { id, what, folder, lastUsed } = approvalText(approval, inEnglish);
    const used = lastUsed.toISOString().slice(0, 10);
    const where = folder === null ? "in every folder" : `in ${inertLine(folder)}`;
    return [`${style.heading(id)}  ${inertLine(what)}`, style.dim(`          ${where}, last used ${used}`)];
  });
  return lines.map((line) => `${line}\n`).join("");
}

function documentOf(known: readonly Approval[]) {
  const approvals = known.map((approval) => {
    const { id, what, folder, lastUsed, ends } = approvalText(approval, inEnglish);
    return { id, what, folder, lastUsed: lastUsed.toISOString(), ends: ends.toISOString() };
  });
  return { version: 1, approvals };
}
