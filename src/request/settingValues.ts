import type { AuthMode, RequestSettings } from "../stages.ts";
import { readAuthority } from "./authority.ts";
import type { Reading } from "./problem.ts";

type SettingValue<Key extends keyof RequestSettings> = NonNullable<RequestSettings[Key]>["value"];

/** How the value of each directive is understood: its form is checked, its truth is not. */
export const settingValues: {
  readonly [Key in keyof Required<RequestSettings>]: (text: string) => Reading<SettingValue<Key>>;
} = {
  auth: readAuth,
  profile: (text) => ({ value: text }),
  role: matching(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    "E_ROLE_ARN",
    "@role must be the ARN of an IAM role, like arn:aws:iam::123456789012:role/reader.",
  ),
  externalId: matching(
    /^[\w+=,.@:/-]{2,1224}$/,
    "E_DIRECTIVE_VALUE",
    "@external-id is 2 to 1224 letters, digits and `_+=,.@:/-`.",
  ),
  sessionName: matching(
    /^[\w+=,.@-]{2,64}$/,
    "E_DIRECTIVE_VALUE",
    "@session-name is 2 to 64 letters, digits and `_+=,.@-`.",
  ),
  account: matching(
    /^\d{12}$/,
    "E_DIRECTIVE_VALUE",
    "@account is the number of an AWS account: twelve digits without hyphens, like 111122223333.",
  ),
  region: scopeLabel("@region", "eu-west-1"),
  service: scopeLabel("@service", "execute-api"),
  payload: (text) =>
    text === "signed" || text === "unsigned"
      ? { value: text }
      : refuse("@payload is `signed` or `unsigned`."),
  connectTo: readConnectTo,
  timeout: readTimeout,
};

const longestPresign = 604_800;
const longestTimeout = 2 ** 31 - 1;

function readAuth(text: string): Reading<AuthMode> {
  const [kind = "", ...rest] = text.split(/[ \t]+/);
  if (kind === "sigv4a" || kind === "cognito") {
    const message = `@auth ${kind} is part of the language, but this version cannot do it.`;
    return { fault: { code: "E_AUTH_LATER", message } };
  }
  if ((kind === "iam" || kind === "none") && rest.length === 0) return { value: { kind } };
  if (kind === "presign" && rest.length === 0) return { value: { kind, expires: null } };
  const seconds = /^\d{1,6}$/.test(rest[0] ?? "") ? Number(rest[0]) : 0;
  if (kind === "presign" && rest.length === 1 && seconds >= 1 && seconds <= longestPresign) {
    return { value: { kind, expires: seconds } };
  }
  return refuse(`@auth is \`iam\`, \`none\` or \`presign SECONDS\`, with 1 to ${longestPresign} seconds.`);
}

function readConnectTo(text: string): Reading<{ readonly host: string; readonly port: number | null }> {
  const { value } = readAuthority(text);
  return value === undefined
    ? refuse("@connect-to is HOST or HOST:PORT, like `localhost:8443`.")
    : { value: { host: value.host, port: value.port } };
}

const unitMilliseconds: ReadonlyMap<string, number> = new Map([
  ["ms", 1],
  ["s", 1000],
  ["", 1000],
  ["m", 60_000],
]);

function readTimeout(text: string): Reading<number> {
  const parts = /^(\d{1,10}(?:\.\d{1,3})?)[ \t]*(ms|s|m|)$/.exec(text);
  const milliseconds = Math.round(
    Number(parts?.[1]) * (unitMilliseconds.get(parts?.[2] ?? "") ?? Number.NaN),
  );
  if (milliseconds >= 1 && milliseconds <= longestTimeout) return { value: milliseconds };
  return refuse("@timeout is a duration like `30s`, `500ms` or `2m`, at most 24 days.");
}

function scopeLabel(directive: string, example: string): (text: string) => Reading<string> {
  return matching(
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?$/,
    "E_SCOPE_LABEL",
    `${directive} must be one name of at most 63 letters, digits and inner hyphens or underscores, like \`${example}\`.`,
  );
}

function matching(form: RegExp, code: string, message: string): (text: string) => Reading<string> {
  return (text) => (form.test(text) ? { value: text } : { fault: { code, message } });
}

function refuse(message: string): { readonly fault: { readonly code: string; readonly message: string } } {
  return { fault: { code: "E_DIRECTIVE_VALUE", message } };
}
