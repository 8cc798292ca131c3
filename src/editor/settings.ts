import * as vscode from "vscode";

/** The settings that a send reads. Those that open a door are read from the person's own settings alone. */
export interface Settings {
  /** `awsreq.profile` and where it stands, or undefined. */
  readonly profile: SettingValue | undefined;
  readonly region: SettingValue | undefined;
  readonly allowPlainHttpHosts: readonly string[];
  readonly allowedProcessEnv: readonly string[];
  /** Names of profiles that are asked about each time before something is changed. */
  readonly protectedProfiles: readonly string[];
  /** Whether container and instance metadata may be asked. */
  readonly machineCredentials: boolean;
  /** Milliseconds, or undefined for none of our own. */
  readonly timeout: number | undefined;
}

export interface SettingValue {
  readonly value: string;
  /** `.vscode/settings.json` or "user settings". */
  readonly source: string;
  /** Whether the workspace says so, and not the person. */
  readonly inWorkspace: boolean;
}

/** Reads the settings that hold for a document or a folder. */
export function settingsFor(uri: vscode.Uri | undefined): Settings {
  const scope = vscode.workspace.getConfiguration("awsreq", uri);
  const seconds = ownValue(scope, "timeout");
  return {
    profile: namedValue(scope, "profile"),
    region: namedValue(scope, "region"),
    allowPlainHttpHosts: ownList(scope, "allowPlainHttpHosts"),
    allowedProcessEnv: ownList(scope, "allowedProcessEnv"),
    protectedProfiles: ownList(scope, "protectedProfiles"),
    machineCredentials: ownValue(scope, "useMachineCredentials") === true,
    timeout: typeof seconds === "number" && seconds > 0 ? seconds * 1000 : undefined,
  };
}

/** Whether the line above each request is shown. */
export function showsCodeLens(document: vscode.TextDocument): boolean {
  return vscode.workspace.getConfiguration("awsreq", document.uri).get("codeLens.enabled", true);
}

function namedValue(scope: vscode.WorkspaceConfiguration, name: string): SettingValue | undefined {
  const found = scope.inspect(name);
  const inFolder = found?.workspaceFolderValue ?? found?.workspaceValue;
  // A workspace that is not trusted has no say; nothing is sent there anyway.
  if (vscode.workspace.isTrusted && typeof inFolder === "string" && inFolder !== "")
    return { value: inFolder, source: `.vscode/settings.json (awsreq.${name})`, inWorkspace: true };
  const own = found?.globalValue;
  return typeof own === "string" && own !== ""
    ? { value: own, source: `user settings (awsreq.${name})`, inWorkspace: false }
    : undefined;
}

/** The value in the person's own settings, whatever a workspace says (vscode#335112: scopes alone were bypassed). */
function ownValue(scope: vscode.WorkspaceConfiguration, name: string): unknown {
  return scope.inspect(name)?.globalValue;
}

function ownList(scope: vscode.WorkspaceConfiguration, name: string): readonly string[] {
  const value = ownValue(scope, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
