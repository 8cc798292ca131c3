import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  assumed,
  assumedUntil,
  refused,
  type StsAnswer,
  type StsCall,
  startLocalSts,
} from "../identity/localSts.ts";
import { answering } from "../transport/servers.ts";
import { type FaultWorld, faultCases, keys, type Scenario, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const kept = { status: 200, body: "ok", complete: true } as const;
/** No keys of the environment. */
const noKeys = {
  AWS_ACCESS_KEY_ID: undefined,
  AWS_SECRET_ACCESS_KEY: undefined,
  AWS_SESSION_TOKEN: undefined,
};
const pair = `aws_access_key_id = AKIABASEBASEBASEBASE\naws_secret_access_key = ${keys.AWS_SECRET_ACCESS_KEY}\n`;
const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;

interface AwsFiles {
  readonly config?: string | Uint8Array;
  readonly credentials?: string | Uint8Array;
}

/** A request that this profile signs, on a machine with these files. */
async function as(
  { write }: FaultWorld,
  profile: string | null,
  { config, credentials }: AwsFiles,
  more: Partial<Scenario> = {},
): Promise<Scenario> {
  if (config !== undefined) await write(".aws/config", config);
  if (credentials !== undefined) await write(".aws/credentials", credentials);
  const { port } = await answering(ok);
  return {
    text: `${signed}GET http://127.0.0.1:${port}/\n`,
    args: profile === null ? [] : ["--profile", profile],
    ...more,
    env: { ...noKeys, ...more.env },
  };
}

const dev = `[dev]\n${pair}`;

faultCases(96, {
  "an unknown profile": (world) => as(world, "dve", { credentials: dev }),
  "an empty file": (world) => as(world, null, { credentials: "" }),
  "no ~/.aws": (world) => as(world, null, {}),
  "no home": (world) => as(world, null, {}, { home: null }),
  "a profile that gives nothing": (world) =>
    as(world, "dev", { config: "[profile dev]\nregion = eu-west-1\n" }),
});

const works = (world: FaultWorld, files: AwsFiles, profile = "dev") => as(world, profile, files, { kept });
const configured = (body: string) => ({ config: `[profile dev]\n${body}` });
const large = (bytes: number) => `[profile dev]\n${pair}`.padEnd(bytes, `#${"x".repeat(98)}\n`);

faultCases(97, {
  "a byte order mark": (world) => works(world, { credentials: `\ufeff${dev}` }),
  CRLF: (world) => works(world, { credentials: dev.replaceAll("\n", "\r\n") }),
  tabs: (world) => works(world, { credentials: dev.replaceAll(" = ", "\t=\t") }),
  "a section twice": (world) => works(world, { credentials: `[dev]\naws_access_key_id = OLD\n${dev}` }),
  "[default] beside [profile default]": (world) =>
    works(world, { config: `[default]\nregion = x\n[profile default]\n${pair}` }, "default"),
  "a comment behind a value": (world) => as(world, "dev", { credentials: dev.replace(/\n$/, " # mine\n") }),
  "a nested s3 block": (world) => works(world, configured(`s3 =\n  max_concurrent_requests = 20\n${pair}`)),
  "the name __proto__": (world) => works(world, { credentials: `[__proto__]\n${pair}` }, "__proto__"),
  "a file of 5 MB": (world) => works(world, { config: large(5 * 1024 * 1024) }),
  "more than 5 MB": (world) => as(world, "dev", { config: large(5 * 1024 * 1024 + 1) }),
  "invalid UTF-8": (world) =>
    as(world, "dev", { credentials: Buffer.concat([Buffer.from(dev), Buffer.from([0xe9, 0x0a])]) }),
  "UTF-16": (world) => as(world, "dev", { config: Buffer.from("\ufeff[default]", "utf16le") }),
  "a folder in its place": async (world) => {
    await mkdir(join(world.home, ".aws/config"), { recursive: true });
    return as(world, "dev", {});
  },
  "a line that is none": (world) => as(world, "dev", configured("wJalrXUtnFEMI\n")),
});

const role = (name: string, source: string) =>
  `[profile ${name}]\nrole_arn = ${arn(name)}\n${source}\nregion = eu-west-1\n`;
const from = (name: string) => `source_profile = ${name}`;

/** The same, where a local STS gives roles. */
async function withSts(
  world: FaultWorld,
  profile: string,
  files: AwsFiles,
  answer: (call: StsCall, count: number) => StsAnswer,
  more: Partial<Scenario> = {},
): Promise<Scenario> {
  const sts = await startLocalSts(answer);
  return as(world, profile, files, {
    ...more,
    close: sts.close,
    env: { AWS_ENDPOINT_URL_STS: sts.url, ...more.env },
  });
}

const chain = ["e d", "d c", "c b", "b a", "a dev"]
  .map((names) => names.split(" "))
  .map(([name = "", source = ""]) => role(name, from(source)))
  .join("");

faultCases(98, {
  "a circle": (world) => as(world, "a", { config: role("a", from("b")) + role("b", from("a")) }),
  itself: (world) => as(world, "a", { config: role("a", from("a")) }),
  "a source that does not exist": (world) => as(world, "a", { config: role("a", from("gone")) }),
  "five roles deep": (world) => withSts(world, "e", { config: chain, credentials: dev }, assumed, { kept }),
  "no source": (world) => as(world, "a", { config: role("a", "") }),
  "an unknown credential_source": (world) => as(world, "a", { config: role("a", "credential_source = Ec2") }),
});

const good = { Version: 1, AccessKeyId: "ASIAPROCESSPROCESS01", SecretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
const print = (value: unknown) => `console.log(${JSON.stringify(JSON.stringify(value))})`;

/** A profile whose keys a program gives. */
async function process_(world: FaultWorld, script: string, more: Partial<Scenario> = {}): Promise<Scenario> {
  const file = await world.write("get keys.js", script);
  return as(
    world,
    "p",
    { config: `[profile p]\ncredential_process = "${process.execPath}" "${file}"\n` },
    more,
  );
}

faultCases(99, {
  "a program that is not there": (world) =>
    as(world, "p", { config: "[profile p]\ncredential_process = /nowhere/keys\n" }),
  "exit code 1, with a secret on standard error": (world) =>
    process_(world, `console.error("${keys.AWS_SECRET_ACCESS_KEY}"); process.exitCode = 1`),
  "no JSON": (world) => process_(world, `console.log("${keys.AWS_SECRET_ACCESS_KEY}")`),
  "Version 2": (world) => process_(world, print({ ...good, Version: 2 })),
  expired: (world) => process_(world, print({ ...good, Expiration: "2020-01-01T00:00:00Z" })),
  "without Expiration": (world) => process_(world, print(good), { kept }),
  "10 MB": (world) => process_(world, 'process.stdout.write("x".repeat(10_000_000))'),
  "a byte order mark": (world) =>
    process_(world, `process.stdout.write("\\ufeff"); ${print(good)}`, { kept }),
  "a path with blanks": (world) => process_(world, print(good), { kept }),
  "nothing that can be read from it": (world) =>
    process_(
      world,
      'process.stdin.on("end", () => {}).resume(); require("node:tty").isatty(0) && console.log(1)',
    ),
});

const sso = "sso_session = corp\nsso_account_id = 111122223333\nsso_role_name = r\n";

faultCases(100, {
  sso_session: (world) => as(world, "dev", configured(sso)),
  sso_start_url: (world) => as(world, "dev", configured("sso_start_url = https://x.awsapps.com/start\n")),
  login_session: (world) =>
    as(world, "dev", configured("login_session = arn:aws:iam::111122223333:user/me\n")),
  "as the source of a role": (world) =>
    as(world, "a", { config: `${role("a", from("sso"))}[profile sso]\n${sso}` }),
});

const withFactor: AwsFiles = {
  config: role("a", `${from("dev")}\nmfa_serial = arn:aws:iam::111122223333:mfa/me`),
  credentials: dev,
};
const wrongCode = () =>
  refused(403, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.");
const code = (typed: string) => ["--profile", "a", "--mfa-code", typed];

faultCases(101, {
  "nobody can be asked": (world) => withSts(world, "a", withFactor, assumed),
  "a code that STS does not take": (world) =>
    withSts(world, "a", withFactor, wrongCode, { args: code("424242") }),
  "five digits": (world) => withSts(world, "a", withFactor, assumed, { args: code("42424") }),
  "a code with a blank": (world) => withSts(world, "a", withFactor, assumed, { args: code("424 242"), kept }),
});

const ofRole: AwsFiles = { config: role("a", from("dev")), credentials: dev };
const echoing = (status: number, name: string) => () => refused(status, name, keys.AWS_SECRET_ACCESS_KEY);

faultCases(102, {
  "403 AccessDenied": (world) => withSts(world, "a", ofRole, echoing(403, "AccessDenied")),
  "403 RegionDisabledException": (world) =>
    withSts(world, "a", ofRole, echoing(403, "RegionDisabledException")),
  "429 Throttling": (world) => withSts(world, "a", ofRole, echoing(429, "Throttling")),
  "503": (world) => withSts(world, "a", ofRole, echoing(503, "ServiceUnavailable")),
  "a page in place of an answer": (world) =>
    withSts(world, "a", ofRole, () => ({ status: 502, body: "<html>no</html>" })),
  "nobody listens": async (world) => {
    const sts = await startLocalSts(assumed);
    await sts.close();
    return as(world, "a", ofRole, { env: { AWS_ENDPOINT_URL_STS: sts.url } });
  },
});

const endingIn = (minutes: number) => {
  const time = new Date(Date.now() + minutes * 60_000).toISOString();
  return (call: StsCall) => assumedUntil(time, call);
};

faultCases(103, {
  "they have ended": (world) => withSts(world, "a", ofRole, endingIn(-1)),
  "they end in four minutes": (world) => withSts(world, "a", ofRole, endingIn(4), { kept }),
});

const withKeys = async (env: Scenario["env"], world: FaultWorld): Promise<Scenario> =>
  as(world, null, {}, { env });
const [id, secret] = [keys.AWS_ACCESS_KEY_ID, keys.AWS_SECRET_ACCESS_KEY];

faultCases(104, {
  "no secret": (world) => withKeys({ AWS_ACCESS_KEY_ID: id }, world),
  "no key id": (world) => withKeys({ AWS_SECRET_ACCESS_KEY: secret }, world),
  "an empty secret": (world) => withKeys({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: "" }, world),
  "empty strings": (world) => withKeys({ AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" }, world),
  "a line break at the end": (world) =>
    withKeys({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: `${secret}\n` }, world),
  "a blank in front": (world) =>
    withKeys({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: ` ${secret}` }, world),
  "in quotes": (world) => withKeys({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: `"${secret}"` }, world),
});

const container = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

faultCases(105, {
  "a container's address that is not allowed": (world) =>
    as(world, null, {}, { env: { [container]: "http://api.example.test/keys" } }),
  "a container that answers with an error": async (world) => {
    const { port } = await answering("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n");
    return as(world, null, {}, { env: { [container]: `http://127.0.0.1:${port}/keys` } });
  },
  "turned off by the environment": (world) =>
    as(world, null, {}, { env: { AWS_EC2_METADATA_DISABLED: "true" } }),
});
