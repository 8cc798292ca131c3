import assert from "node:assert/strict";
import { parseArguments } from "../../src/cli/arguments.ts";
import { UserError } from "../../src/errors.ts";

const trip = { file: "pets.awsreq", selector: {}, variables: new Map(), approve: [], json: false };

/** Message and hint of a usage error. */
function usageOf(...argv: string[]): readonly [message: string, hint: string | undefined] {
  try {
    parseArguments(argv);
  } catch (error) {
    assert.ok(error instanceof UserError && error.phase === "usage", String(error));
    return [error.message, error.hint];
  }
  return ["accepted", undefined];
}

describe("parseArguments", () => {
  it("reads every option of send", () => {
    const argv =
      "send pets.awsreq --request add --profile dev --region eu-west-1 --service execute-api --env test --var a=1 --var b=x=y --timeout 500ms --approve dev@h --approve @h --json --output out --confirm --include --verbose --run-checks";
    assert.deepEqual(parseArguments(argv.split(" ")), {
      command: "send",
      file: "pets.awsreq",
      selector: { name: "add" },
      profile: "dev",
      region: "eu-west-1",
      service: "execute-api",
      environment: "test",
      variables: new Map([
        ["a", "1"],
        ["b", "x=y"],
      ]),
      approve: ["dev@h", "@h"],
      json: true,
      timeout: 500,
      output: "out",
      confirm: true,
      include: true,
      verbose: true,
      runChecks: true,
    });
  });

  it("leaves out what was not given", () => {
    const expected = {
      command: "send",
      ...trip,
      confirm: false,
      include: false,
      verbose: false,
      runChecks: false,
    };
    assert.deepEqual(parseArguments(["send", "pets.awsreq"]), expected);
    assert.deepEqual(parseArguments(["explain", "pets.awsreq"]), { command: "explain", ...trip });
  });

  it("reads explain, list and endpoint", () => {
    const argv = ["explain", "--at", "20150830T123600Z", "--presign=60", "--all", "pets.awsreq"];
    assert.deepEqual(parseArguments(argv), {
      command: "explain",
      ...trip,
      selector: { all: true },
      at: new Date("2015-08-30T12:36:00Z"),
      presign: 60,
    });
    assert.deepEqual(parseArguments(["list", "-", "--json"]), { command: "list", file: "-", json: true });
    assert.deepEqual(parseArguments(["endpoint", "--port", "0"]), { command: "endpoint", port: 0 });
    assert.deepEqual(parseArguments(["endpoint"]), { command: "endpoint" });
  });

  it("gives help and the version wherever they are asked for", () => {
    for (const argv of [[], ["--help"], ["-h"], ["help"], ["send", "--help"], ["send", "a", "--jsn", "-h"]]) {
      assert.deepEqual(parseArguments(argv), { command: "help" });
    }
    assert.deepEqual(parseArguments(["--version"]), { command: "version" });
  });

  it("takes a line number from 1", () => {
    const { selector } = parseArguments(["explain", "a", "--line", "7"]) as { selector: unknown };
    assert.deepEqual(selector, { line: 7 });
    for (const line of ["0", "x", "1.5"]) {
      assert.equal(
        usageOf("send", "a", "--line", line)[0],
        `--line takes a line number from 1, not "${line}".`,
      );
    }
  });

  const rows: readonly [argv: string, message: string, hint: string][] = [
    ["sned a", 'There is no command "sned".', "Did you mean awsreq send?"],
    ["frobnicate", 'There is no command "frobnicate".', "awsreq --help lists the commands."],
    ["send a --jsom", "awsreq send has no option --jsom.", "Did you mean --json?"],
    ["list a --all", "awsreq list has no option --all.", "awsreq --help lists the options of list."],
    ["send", "awsreq send needs a request file.", "For example: awsreq send pets.awsreq"],
    [
      "send a b",
      'awsreq send takes one file, but was given "a" and "b".',
      "awsreq --help shows what can be given.",
    ],
    [
      "endpoint a",
      'awsreq endpoint takes no file, but was given "a".',
      "awsreq --help shows what can be given.",
    ],
    ["send a --all --line 1", "--request, --line and --all exclude one another.", "Give one of them."],
    [
      "send a --timeout soon",
      '--timeout cannot be "soon".',
      "Write it as 30s, 500ms or 2m, at most 24 days.",
    ],
    [
      "explain a --presign 0",
      '--presign cannot be "0".',
      "Give whole seconds from 1 to 604800 (seven days).",
    ],
    [
      "endpoint --port 65536",
      '--port cannot be "65536".',
      "Give a port from 1 to 65535, or 0 for any free one.",
    ],
  ];
  for (const [argv, message, hint] of rows) {
    it(`refuses "${argv}"`, () => assert.deepEqual(usageOf(...argv.split(" ")), [message, hint]));
  }

  it("never repeats the value of a variable whose name was forgotten", () => {
    assert.deepEqual(usageOf("send", "a", "--var", "s3cr3t"), [
      "--var takes NAME=VALUE.",
      "For example: --var stage=prod",
    ]);
  });

  it("takes only dates that exist", () => {
    for (const at of ["20150230T000000Z", "2015-08-30", "20150830T246000Z", "now"]) {
      assert.equal(usageOf("explain", "a", "--at", at)[0], `--at cannot be "${at}".`);
    }
  });
});
