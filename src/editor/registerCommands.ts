import * as vscode from "vscode";
import { type CommandName, commandIds, fixCommandIds } from "./commandIds.ts";
import type { Session, SessionDeps } from "./session.ts";

/** Type of the panels, as VS Code keeps it over a reload. */
const viewType = "awsreq.response";

/**
 * Registers every command and the panels that come back with the window. What they do is a bundle of its own, loaded by
 * the first that is used.
 */
export function registerCommands(deps: SessionDeps): vscode.Disposable {
  let loading: Promise<Session> | null = null;
  const session = (): Promise<Session> => {
    loading ??= import("./session.ts").then(({ createSession }) => createSession(deps));
    return loading;
  };
  const entries = Object.entries({ ...commandIds, ...fixCommandIds }) as readonly [CommandName, string][];
  return vscode.Disposable.from(
    ...entries.map(([name, id]) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) =>
        (await session()).run(name, id, args),
      ),
    ),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state) => (await session()).restore(panel, state),
    }),
    { dispose: () => void loading?.then((made) => made.dispose()) },
  );
}
