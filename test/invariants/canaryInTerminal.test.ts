import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { assertInNoSink } from "../cli/canary.ts";
import { type CanaryServer, charsetNames, startCanaryServer } from "../cli/canaryServer.ts";
import {
  createMachine,
  credentialsFile,
  type Finished,
  finished,
  keys,
  type Machine,
} from "../cli/cliProcess.ts";

const random = () => Math.random().toString(36).slice(2).padEnd(11, "z");

/** What must come out nowhere. Each by its kind, so that a leak has a name. */
const canaries = {
  "secret access key": keys.secretAccessKey,
  "session token": `canary-token/${random()}${random()}+==`,
  "MFA code": `9${Math.floor(10_000 + Math.random() * 89_999)}`,
  "process argument": `process-argument+${random()}`,
  "process output": `process-output/${random()}`,
  "private value": `private-canary ${random()}/&"é`,
  "private value in a host": `Private-Host-${random()}`,
  "environment variable": `environment-canary=${random()}`,
  "API key": `api-key-canary-${random()}`,
  "typed cookie": `cookie-canary-${random()}`,
  "typed password": `basic-canary-${random()}`,
  "issued secret": `issued/secret+${random()}${random()}`,
  "issued token": `issued/token+${random()}${random()}==`,
  "issued cookie": `issued-cookie-${random()}`,
  "issued access token": `issued-access-token-${random()}`,
} as const;

/** Where anything could come out. A new sink has a line here, or nobody searches it. */
const sinks: Readonly<Record<string, (ran: Finished, machine: Machine) => string | Promise<string>>> = {
  "standard output": ({ stdout }) => stdout,
  "standard error": ({ stderr }) => stderr,
  "JSON document, strings decoded": ({ stdout }) => decoded(stdout),
  "base64 in the JSON document, decoded": ({ stdout }) =>
    [...stdout.matchAll(/"bodyBase64": "([^"]*)"/g)]
      .map(([, text = ""]) => Buffer.from(text, "base64").toString("latin1"))
      .join("\n"),
  "configuration folder": (_, machine) => contentsOf(join(machine.home, ".config")),
  "cache folder": (_, machine) => contentsOf(join(machine.home, ".cache")),
  "runtime folder": (_, machine) => contentsOf(join(machine.home, "run")),
  "temporary folder": (_, machine) => contentsOf(join(machine.home, "tmp")),
};

function decoded(stdout: string): string {
  try {
    const texts: string[] = [];
    JSON.parse(stdout, (key, value: unknown) => {
      texts.push(key);
      if (typeof value === "string") texts.push(value);
      return value;
    });
    return texts.join("\n");
  } catch {
    return "";
  }
}

/** Names and contents of everything below a folder. */
async function contentsOf(folder: string): Promise<string> {
  if (!existsSync(folder)) return "";
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
  );
  return [...entries.map(({ name }) => name), ...texts].join("\n");
}

/** Checks are run on refusals only, and a file gets the bytes whatever their charset is. */
function isWalked(name: string, way: readonly string[]): boolean {
  if (way.includes("--run-checks")) return name === "refused";
  return !name.startsWith("charset-") || !way.includes("--output");
}

const inCharsets = charsetNames.map((name) => [`charset-${name}`, `/charset/${name}/`] as const);

const scope = "# @profile canary\n# @region us-east-1\n# @service execute-api\n";

/** Every canary that a person may put into a request, in every place of it. */
const values = [
  "?q={{%private}}&job={{%$processEnv CANARY_ENV}}&api_key={{apiKey}}",
  "X-Private: a {{asciiPrivate}} b",
  "X-Job: {{$processEnv CANARY_ENV}}",
  `X-Api-Key: {{apiKey}}`,
  `Cookie: theme=dark; session=${canaries["typed cookie"]}`,
  "Content-Type: application/json",
  "",
  '{"echo":"{{private}}","job":"{{$processEnv CANARY_ENV}}","copy":"{{wrapped}}"}',
];

function request(url: string, path: string, head = scope): string {
  const [query, ...rest] = values;
  return `@apiKey = ${canaries["API key"]}\n@wrapped = <{{private}}>\n${head}### Canary\nPOST ${url}${path}${query}\n${rest.join("\n")}\n`;
}

describe("invariant 1: canaries through every command", () => {
  let machine: Machine;
  let server: CanaryServer;
  const files = new Map<string, string>();

  before(async () => {
    machine = await createMachine();
    server = await startCanaryServer({
      secretAccessKey: canaries["issued secret"],
      sessionToken: canaries["issued token"],
      cookie: canaries["issued cookie"],
      accessToken: canaries["issued access token"],
    });
    await machine.write("tmp/.keep", "");
    await machine.write(".aws/credentials", credentialsFile(canaries["session token"]));
    const failing = await machine.write("fail.js", `console.error(process.env.CANARY_OUT); process.exit(1);`);
    await machine.write(
      ".aws/config",
      `[profile failing]\ncredential_process = "${process.execPath}" "${failing}" ${canaries["process argument"]}\n[profile mfa]\nrole_arn = arn:aws:iam::111122223333:role/x\nmfa_serial = arn:aws:iam::111122223333:mfa/me\nsource_profile = canary\nregion = us-east-1\n`,
    );
    const ascii = canaries["private value"].replace("é", "e");
    await machine.write(
      "work/http-client.private.env.json",
      JSON.stringify({
        dev: {
          private: canaries["private value"],
          asciiPrivate: ascii,
          host: canaries["private value in a host"],
        },
      }),
    );
    await machine.write("work/.git/keep", "");
    const secretHead = (line: string) => scope.replace("# @profile canary", line);
    const plain: Readonly<Record<string, string>> = {
      json: request(server.url, "/json"),
      latin1: request(server.url, "/latin1"),
      utf16: request(server.url, "/utf16"),
      bigendian: request(server.url, "/bigendian"),
      binary: request(server.url, "/binary"),
      ...Object.fromEntries(inCharsets.map(([name, path]) => [name, request(server.url, path)])),
      refused: request(server.url, "/refused"),
      cut: request(server.url, "/cut"),
      garbage: request(server.url, "/garbage"),
      unsigned: request(server.url, "/json", "# @auth none\n"),
      basic: `# @auth none\nGET ${server.url}/json\nAuthorization: Basic me ${canaries["typed password"]}\n`,
      connect: request("http://127.0.0.1:1", "/json"),
      tls: request(server.url.replace("http:", "https:"), "/json"),
      dns: request("https://{{host}}.invalid", "/json"),
      guard: request("http://api.example.invalid", "/json"),
      metadata: request("http://169.254.169.254", "/{{%private}}"),
      process: request(server.url, "/json", secretHead("# @profile failing")),
      mfa: request(server.url, "/json", secretHead("# @profile mfa")),
      nobody: request(server.url, "/json", secretHead("# @profile {{asciiPrivate}}")),
      scheme: "GET {{host}}/x\n",
      long: `@long = {{private}}{{private}}{{private}}{{private}}\nGET https://x.example{{long}}/\n`,
      authority: "GET https://{{private}}/\n",
      hostHeader: `GET ${server.url}/json\nHost: {{host}}\n`,
      badHeader: `GET ${server.url}/json\nX-{{private}}: 1\n`,
      include: `POST ${server.url}/json\n\n< ./{{private}}.txt\n`,
      directive: `# @region {{private}}\nGET ${server.url}/json\n`,
      role: `# @role {{private}}\nGET ${server.url}/json\n`,
      unknown: `GET ${server.url}/{{private}}{{missing}}\n`,
    };
    for (const [name, text] of Object.entries(plain)) {
      files.set(name, text);
      await machine.write(`work/${name}.awsreq`, text);
    }
    await machine.write(
      "work/capture.txt",
      `> POST /json?X-Amz-Security-Token=${encodeURIComponent(canaries["session token"])} HTTP/1.1\n> Host: abc.execute-api.us-east-1.amazonaws.com\n> Cookie: a=${canaries["typed cookie"]}\n> x-api-key: ${canaries["API key"]}\n> Authorization: AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/20150830/us-east-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}\n> X-Amz-Date: 20150830T123600Z\n>\n< HTTP/1.1 403 Forbidden\n< x-amzn-errortype: InvalidSignatureException\n< set-cookie: s=${canaries["issued cookie"]}\n<\n{"message":"The request signature we calculated does not match the signature you provided.","SecretAccessKey":"${canaries["issued secret"]}"}\n`,
    );
  });

  after(async () => {
    await server.close();
    await machine.remove();
  });

  const env = () => ({
    CANARY_ENV: canaries["environment variable"],
    CANARY_OUT: canaries["process output"],
    AWSREQ_PROCESS_ENV: "CANARY_ENV",
    TMPDIR: join(machine.home, "tmp"),
    AWS_ENDPOINT_URL_STS: `${server.url}/refused`,
  });

  async function search(
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    const ran = await machine.run(args, { ...env(), ...more });
    const found: Record<string, string> = {};
    for (const [name, read] of Object.entries(sinks)) found[name] = await read(ran, machine);
    assertInNoSink(found, canaries, `awsreq ${args.join(" ")} (${ran.code})`);
    assert.notEqual(ran.code, 70, ran.stderr);
    return ran;
  }

  const host = () => server.url.replace("http://", "");
  const answers = ["json", "latin1", "utf16", "bigendian", "binary", "refused", "unsigned", "basic"].concat(
    inCharsets.map(([name]) => name),
  );
  const failures: Readonly<Record<string, number>> = {
    cut: 4,
    garbage: 4,
    connect: 4,
    tls: 4,
    dns: 4,
    guard: 3,
    metadata: 3,
    process: 3,
    mfa: 3,
    nobody: 3,
    scheme: 2,
    long: 2,
    authority: 2,
    hostHeader: 2,
    badHeader: 2,
    include: 2,
    directive: 2,
    role: 2,
    unknown: 2,
  };
  const ways: readonly (readonly string[])[] = [
    [],
    ["--include", "--verbose"],
    ["--json"],
    ["--output", "answer.bin", "--verbose"],
    ["--run-checks", "--json"],
  ];
  const profile = ["--profile", "canary"];

  for (const name of answers) {
    for (const way of ways.filter((way) => isWalked(name, way))) {
      it(`send ${name} ${way.join(" ")}`, async () => {
        const named = name === "unsigned" || name === "basic" ? ["--approve", `@${host()}`] : profile;
        const ran = await search([
          "send",
          `${name}.awsreq`,
          ...named,
          "--approve",
          `canary@${host()}`,
          ...way,
        ]);
        assert.equal(ran.code, name === "refused" ? 1 : 0, ran.stderr);
      });
    }
  }

  for (const [name, code] of Object.entries(failures)) {
    for (const way of [["--verbose"], ["--json"]]) {
      it(`send ${name} ${way.join(" ")} ends with ${code}`, async () => {
        const named = ["process", "mfa", "nobody"].includes(name) ? [] : profile;
        const approve = ["process", "mfa"].flatMap((who) => [
          "--approve",
          `${who === "process" ? "failing" : who}@${host()}`,
        ]);
        const code6 = ["--mfa-code", canaries["MFA code"]];
        const unknown = `${canaries["private value in a host"].toLowerCase()}.invalid`;
        const more = name === "dns" ? ["--approve", `canary@${unknown}`, "--approve", `@${unknown}`] : [];
        const approvals: Readonly<Record<string, string>> =
          name === "dns" ? { XDG_CONFIG_HOME: join(machine.home, "elsewhere") } : {};
        const ran = await search(
          ["send", `${name}.awsreq`, ...named, ...approve, ...code6, ...more, ...way],
          approvals,
        );
        assert.equal(ran.code, code, ran.stderr + ran.stdout);
      });
    }
  }

  for (const way of [[], ["--json"], ["--presign", "60"]]) {
    it(`explain ${way.join(" ")}`, async () => {
      const name = way.includes("--presign") ? "basic" : "json";
      const ran = await search(["explain", `${name}.awsreq`, ...profile, ...way]);
      assert.equal(ran.code, 0, ran.stderr);
    });
  }

  for (const [what, args] of Object.entries<readonly string[]>({
    list: ["list", "json.awsreq"],
    "list in JSON": ["list", "json.awsreq", "--json"],
    whoami: ["whoami", "--profile", "canary"],
    "whoami of a file": ["whoami", "json.awsreq", "--profile", "canary"],
    "whoami of a file in JSON": ["whoami", "nobody.awsreq", "--json"],
    "whoami with a second factor": [
      "whoami",
      "--profile",
      "mfa",
      "--mfa-code",
      canaries["MFA code"],
      "--json",
    ],
    "whoami of a process": ["whoami", "--profile", "failing"],
    diagnose: ["diagnose", "capture.txt"],
    "diagnose in JSON": ["diagnose", "capture.txt", "--json", "--profile", "canary"],
    "diagnose, signed again": ["diagnose", "capture.txt", "--profile", "canary"],
    help: ["--help"],
    version: ["--version"],
    "a wrong option": ["send", "json.awsreq", "--bogus"],
    "an unknown environment": ["send", "json.awsreq", "--env", "gone", "--json"],
  })) {
    it(what, async () => {
      await search(args);
    });
  }

  it("endpoint", async () => {
    const child = machine.start(["endpoint", "--port", "0"], env(), null);
    const url = await new Promise<string>((resolve) => {
      child.stdout?.once("data", (data: Buffer) => resolve(data.toString().trim()));
    });
    const ending = finished(child);
    await machine.write("work/local.awsreq", request(url, "/prod/echo"));
    await search(["send", "local.awsreq", ...profile]);
    child.kill("SIGINT");
    const ran = await ending;
    // A server does not know what its clients hold to be private, and tells the paths and queries that it got.
    const { "private value": _, "environment variable": __, ...others } = canaries;
    assertInNoSink(
      { "standard error": ran.stderr, "standard output": ran.stdout },
      others,
      "awsreq endpoint",
    );
  });

  for (const args of [["list"], ["list", "--json"], ["forget", "--all"], ["forget", "none"]]) {
    it(`approvals ${args.join(" ")}`, async () => {
      const ran = await search(["approvals", ...args], {});
      assert.equal(ran.code, args.includes("none") ? 2 : 0, ran.stderr);
    });
  }

  it("walks every command that there is", async () => {
    const source = await readFile(join(__dirname, "../../src/cli/command.ts"), "utf8");
    const commands = [...source.matchAll(/command: "(\w+)"/g)].map(([, name]) => name);
    assert.deepEqual(
      [...new Set(commands)].sort(),
      ["approvals", "diagnose", "endpoint", "explain", "help", "list", "send", "version", "whoami"],
      "a new command is walked here",
    );
  });
});
