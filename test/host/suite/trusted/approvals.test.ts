import assert from "node:assert/strict";
import * as vscode from "vscode";
import { makeTrip } from "../../../../src/editor/trips/editorTrip.ts";
import { showApprovals } from "../../../../src/editor/trust/approvalList.ts";
import { createApprovals, type EditorApprovals } from "../../../../src/editor/trust/approvals.ts";
import type { Question } from "../../../../src/questions.ts";
import { approvalText } from "../../../../src/shown/approvalText.ts";
import { createTripWorld, effectsOf, inputFor, type TripWorld } from "../../../editor/trips/tripWorld.ts";
import { activated } from "../editorWorld.ts";

/** State that lasts as long as the test: what an extension's own state is, without the disk. */
function stateInMemory(): vscode.Memento {
  const kept = new Map<string, unknown>();
  function get<T>(key: string): T | undefined;
  function get<T>(key: string, otherwise: T): T;
  function get(key: string, otherwise?: unknown): unknown {
    return kept.has(key) ? kept.get(key) : otherwise;
  }
  return {
    keys: () => [...kept.keys()],
    get,
    async update(key, value) {
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
    },
  };
}

/** The suite answers no modal dialogs, so the yes is given where the dialog would give it; the list is the editor's own. */
describe("what was approved in the editor", () => {
  let world: TripWorld;
  let approvals: EditorApprovals;
  const asked: Question[] = [];

  before(async () => {
    await activated();
    world = await createTripWorld();
    approvals = createApprovals(stateInMemory(), () => undefined);
  });
  after(() => world.remove());

  async function explain(profile: string): Promise<number> {
    asked.length = 0;
    const text = `# @profile ${profile}\nGET https://abc.execute-api.eu-west-1.amazonaws.com/prod\n`;
    const { trip } = await makeTrip(inputFor(text, world.folder), "sign", world.machine, {
      ...effectsOf(world, new AbortController().signal),
      store: approvals,
      ask: async (question) => {
        asked.push(question);
        return "folder";
      },
    });
    assert.equal(trip.error, null);
    return asked.length;
  }

  /** Waits until so many approvals are left. */
  async function left(count: number): Promise<void> {
    for (let tries = 0; approvals.all().length !== count && tries < 60; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(approvals.all().length, count);
  }

  it("holds until one of them is forgotten in the list, and then that one is asked again", async () => {
    for (const profile of ["dev", "wrong"])
      assert.deepEqual([await explain(profile), await explain(profile)], [1, 0]);
    await left(2);
    showApprovals(approvals, { approvalText });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await vscode.commands.executeCommand("workbench.action.quickOpenSelectNext");
    await vscode.commands.executeCommand("workbench.action.quickPickManyToggle");
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    await left(1);
    const counts = [await explain("dev"), await explain("wrong")];
    assert.deepEqual([...counts].sort(), [0, 1], "of the two the forgotten one alone is asked about");
  });

  it("is all there still when the list is closed without a choice", async () => {
    await left(2);
    showApprovals(approvals, { approvalText });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await new Promise((resolve) => setTimeout(resolve, 200));
    await left(2);
  });

  it("can all be forgotten by the extension's own command, and a list of nothing is no error", async () => {
    await vscode.commands.executeCommand("awsreq.forgetApprovals");
    await vscode.commands.executeCommand("awsreq.approvals");
  });
});
