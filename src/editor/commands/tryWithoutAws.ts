import * as vscode from "vscode";
import type { TripRunner } from "../trips/loadRunner.ts";
import type { LocalEndpoint } from "../trips/localEndpoint.ts";

/** The local endpoint of this window, started when it is first wanted. */
export interface LocalEndpoints extends vscode.Disposable {
  /** Starts it unless it runs; says where it listens. */
  start(runner: TripRunner): Promise<LocalEndpoint>;
}

/** Keeps at most one endpoint, which ends with the window. */
export function createLocalEndpoints(): LocalEndpoints {
  let running: Promise<LocalEndpoint> | null = null;
  return {
    start(runner) {
      running ??= runner.startLocalEndpoint(runner.thisMachine()).catch((error: unknown) => {
        running = null;
        throw error;
      });
      return running;
    },
    dispose() {
      void running?.then((endpoint) => endpoint.close()).catch(() => undefined);
    },
  };
}

const exampleFiles = ["hello.awsreq", "pets.awsreq", "body.json"] as const;

/**
 * Starts the local endpoint and opens the examples, as a copy of the person's own: requests can be sent and edited
 * without an AWS account.
 */
export async function tryWithoutAws(
  { extensionUri, globalStorageUri }: Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri">,
  endpoints: LocalEndpoints,
  runner: TripRunner,
): Promise<void> {
  const { port, startedHere } = await endpoints.start(runner);
  const folder = vscode.Uri.joinPath(globalStorageUri, "examples");
  for (const name of exampleFiles) {
    await copyExample(
      vscode.Uri.joinPath(extensionUri, "examples", name),
      vscode.Uri.joinPath(folder, name),
      port,
    );
  }
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, "pets.awsreq"));
  await vscode.window.showTextDocument(document);
  void vscode.window.showInformationMessage(
    startedHere
      ? vscode.l10n.t("A local IAM endpoint listens on port {0}. Click Send Signed Request.", port)
      : vscode.l10n.t("The local IAM endpoint runs on port {0} already. Click Send Signed Request.", port),
  );
}

/** Writes the example anew, so that it is the one that works, with the port that the endpoint really has. */
async function copyExample(from: vscode.Uri, to: vscode.Uri, port: number): Promise<void> {
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(from));
  const adapted = text.replace(/^@port = \d+$/m, `@port = ${port}`);
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === to.toString());
  // Unsaved changes of the person's are worth more than a fresh copy.
  if (open?.isDirty === true) return;
  await vscode.workspace.fs.writeFile(to, new TextEncoder().encode(adapted));
}
