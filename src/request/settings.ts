import type { Directive, Problem, RequestBlock, RequestFile, RequestSettings, Sourced } from "../stages.ts";
import { controlCharacterFault, hiddenCharacterFault, surrogateFault } from "./characters.ts";
import { settingDirectives } from "./directives.ts";
import type { Fault, Reading } from "./problem.ts";
import { errorAt } from "./problem.ts";
import { settingValues } from "./settingValues.ts";
import type { Expander } from "./variables.ts";

/** The settings that could be read, and what is wrong with the others. */
export interface SettingsReading {
  readonly settings: RequestSettings;
  readonly problems: readonly Problem[];
}

type SettingKey = keyof RequestSettings;

/**
 * Reads what the directives say: the request's own before the preamble's, of duplicates the last. Only the one that
 * holds is expanded. Each value bears its place, `pets.awsreq:3`.
 * @param fileName shown in places
 */
export function readSettings(
  file: Pick<RequestFile, "preamble">,
  block: Pick<RequestBlock, "directives">,
  fileName: string,
  expander: Expander,
): SettingsReading {
  const problems: Problem[] = [];
  const read = <T>(key: SettingKey, reader: (text: string) => Reading<T>): Sourced<T> | undefined => {
    const directive = holding(settingDirectives[key], block.directives, file.preamble.directives);
    if (directive === undefined) return undefined;
    const { value, fault } = readDirectiveValue(directive, expander, reader);
    if (fault === undefined) {
      return { value, source: `${fileName}:${directive.key.range.start.line + 1}` };
    }
    if (fault !== null) problems.push(errorAt(placeOfValue(directive), fault.code, fault.message));
    return undefined;
  };
  return { settings: settingsFrom(read), problems };
}

type ReadSetting = <T>(key: SettingKey, reader: (text: string) => Reading<T>) => Sourced<T> | undefined;

function settingsFrom(read: ReadSetting): RequestSettings {
  const auth = read("auth", settingValues.auth);
  const profile = read("profile", settingValues.profile);
  const role = read("role", settingValues.role);
  const externalId = read("externalId", settingValues.externalId);
  const sessionName = read("sessionName", settingValues.sessionName);
  const account = read("account", settingValues.account);
  const region = read("region", settingValues.region);
  const service = read("service", settingValues.service);
  const payload = read("payload", settingValues.payload);
  const connectTo = read("connectTo", settingValues.connectTo);
  const timeout = read("timeout", settingValues.timeout);
  return {
    ...(auth && { auth }),
    ...(profile && { profile }),
    ...(role && { role }),
    ...(externalId && { externalId }),
    ...(sessionName && { sessionName }),
    ...(account && { account }),
    ...(region && { region }),
    ...(service && { service }),
    ...(payload && { payload }),
    ...(connectTo && { connectTo }),
    ...(timeout && { timeout }),
  };
}

function holding(key: string, ...layers: readonly (readonly Directive[])[]): Directive | undefined {
  for (const directives of layers) {
    const last = directives.findLast((directive) => directive.key.text === key);
    if (last !== undefined) return last;
  }
  return undefined;
}

/** A null fault: the value has a variable without a value, which the expander has reported. */
function readDirectiveValue<T>(
  directive: Directive,
  expander: Expander,
  reader: (text: string) => Reading<T>,
): Reading<T> | { readonly fault: null; readonly value?: undefined } {
  const expansion = expander.expand(directive.value);
  if (expansion === null) return { fault: null };
  const text = expansion.text.trim();
  const fault = valueFault(text, directive.key.text);
  return fault === null ? reader(text) : { fault };
}

function valueFault(text: string, key: string): Fault | null {
  if (text === "") {
    return {
      code: "E_DIRECTIVE_VALUE",
      message: `@${key} has no value; write one after it, or delete the line.`,
    };
  }
  const where = `The value of @${key}`;
  return (
    controlCharacterFault(text, where) ?? hiddenCharacterFault(text, where) ?? surrogateFault(text, where)
  );
}

function placeOfValue({ key, value }: Directive): Problem["range"] {
  return value.text === "" ? key.range : value.range;
}
