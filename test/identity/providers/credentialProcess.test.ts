import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type CredentialProcessEffects,
  credentialProcessHash,
  runCredentialProcess,
} from "../../../src/identity/providers/credentialProcess.ts";
import type { Question } from "../../../src/questions.ts";
import { effectsFor, withHome } from "../awsHome.ts";
import { assertHoldsNone, refusal } from "../refusal.ts";

const canary = "canary-9f2c41";
const place = "~/.aws/config:2";
const subject = `The credential_process of profile "p" (${place})`;

/** Runs a Node script as the process, in a home whose path has blanks. */
function run(
  script: string,
  changes: Partial<CredentialProcessEffects> = {},
  after: (home: string) => Promise<void> = async () => {},
) {
  return withHome({ "my tools/get keys.js": script }, async (home) => {
    const command = `"${process.execPath}" "${join(home, "my tools/get keys.js")}" ${canary}`;
    const effects = { ...effectsFor(home), cwd: home, ...changes };
    try {
      return await runCredentialProcess({ profile: "p", place, command }, effects);
    } finally {
      await after(home);
    }
  });
}

const print = (answer: unknown) => `process.stdout.write(${JSON.stringify(JSON.stringify(answer))})`;
const keys = { Version: 1, AccessKeyId: "AKIAPROCESS", SecretAccessKey: "s" };

describe("runCredentialProcess", () => {
  it("gives what the process printed", async () => {
    const answer = {
      ...keys,
      SessionToken: "t",
      Expiration: "2030-05-17T13:00:00Z",
      AccountId: "111122223333",
    };
    assert.deepEqual(await run(print(answer)), {
      accessKeyId: "AKIAPROCESS",
      secretAccessKey: "s",
      sessionToken: "t",
      expiration: new Date("2030-05-17T13:00:00Z"),
      accountId: "111122223333",
    });
  });

  for (const [exits, code] of [
    ["with its keys", 0],
    ["with an error", 3],
  ] as const) {
    it(`fault 99: one that leaves a child with its output open and ends ${exits} is not waited for`, async () => {
      const left = "setTimeout(() => process.stdout.write('late'), 30_000)";
      const script = `
        const left = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(left)}], {
          stdio: ["ignore", "inherit", "ignore"], detached: true,
        });
        require("node:fs").writeFileSync("left.pid", String(left.pid));
        process.stdout.write(${JSON.stringify(JSON.stringify(keys))}, () => process.exit(${code}));`;
      const started = performance.now();
      const ran = run(script, {}, async (home) => {
        process.kill(Number(await readFile(join(home, "left.pid"), "utf8")), "SIGKILL");
      });
      if (code === 0) assert.equal((await ran).accessKeyId, keys.AccessKeyId);
      else assert.match((await refusal(() => ran)).message, /ended with exit code 3/);
      assert.ok(performance.now() - started < 10_000);
    });
  }

  for (const [prints, said] of [
    [JSON.stringify(keys), null],
    ["{", /A process that it left behind held its output open, and was not waited for/],
  ] as const) {
    it(`fault 99: a child of its own group that holds the output is killed (it printed ${prints.slice(0, 2)})`, async () => {
      const left = "setTimeout(() => 0, 60_000)";
      const script = `
        const left = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(left)}], {
          stdio: ["ignore", "inherit", "ignore"],
        });
        require("node:fs").writeFileSync("pids", process.pid + " " + left.pid);
        process.stdout.write(${JSON.stringify(prints)}, () => process.exit(0));`;
      const ran = run(script, {}, assertAllGone);
      if (said === null) assert.equal((await ran).accessKeyId, keys.AccessKeyId);
      else assert.match((await refusal(() => ran)).hint ?? "", said);
    });
  }

  it("fault 99: no Expiration means that they do not expire", async () => {
    assert.deepEqual(await run(print({ ...keys, Expiration: null })), {
      accessKeyId: "AKIAPROCESS",
      secretAccessKey: "s",
    });
  });

  it("fault 99: a byte order mark before the JSON is dropped", async () => {
    const script = `process.stdout.write("\\uFEFF" + ${JSON.stringify(`${JSON.stringify(keys)}\r\n`)})`;
    assert.deepEqual(await run(script), { accessKeyId: "AKIAPROCESS", secretAccessKey: "s" });
  });

  it("fault 99: runs at home, without input, terminal or a shell", async () => {
    const script = `
      const fs = require("node:fs");
      let tty = true;
      try { fs.openSync("/dev/tty", "r"); } catch { tty = false; }
      const facts = { cwd: process.cwd(), input: fs.readFileSync(0, "utf8"), tty, argument: process.argv[2] };
      fs.writeFileSync("facts.json", JSON.stringify(facts));
      ${print(keys)}`;
    await run(script, {}, async (home) => {
      const facts: unknown = JSON.parse(await readFile(join(home, "facts.json"), "utf8"));
      assert.deepEqual(facts, { cwd: home, input: "", tty: false, argument: canary });
    });
  });

  it("asks first, by hash and place, and never shows the command", async () => {
    const questions: Question[] = [];
    const command = `get-keys ${canary}`;
    const ask = async (question: Question) => {
      questions.push(question);
      return false;
    };
    const error = await refusal(() =>
      runCredentialProcess({ profile: "p", place, command }, { ...effectsFor(null, { ask }), cwd: "/" }),
    );
    const hash = credentialProcessHash(command);
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.deepEqual(questions, [{ kind: "process", profile: "p", place, hash }]);
    assert.deepEqual([error.code, error.message], ["E_PROCESS_DENIED", `${subject} was not allowed to run.`]);
    assertHoldsNone(error, [canary]);
  });

  it("runs nothing when it was not allowed", async () => {
    const script = `require("node:fs").writeFileSync("ran", ""); ${print(keys)}`;
    await refusal(() =>
      run(script, { ask: async () => false }, async (home) =>
        assert.equal(existsSync(join(home, "ran")), false),
      ),
    );
  });

  const outputs: readonly (readonly [name: string, script: string, code: string, says: string])[] = [
    ["nothing printed", "", "E_PROCESS_OUTPUT", "gave no credentials: it printed nothing."],
    [
      "invalid JSON",
      `console.log("{" + "${canary}")`,
      "E_PROCESS_OUTPUT",
      "gave no credentials: it did not print JSON.",
    ],
    [
      "an array",
      `console.log('["${canary}"]')`,
      "E_PROCESS_OUTPUT",
      "gave no credentials: it printed JSON that is not an object.",
    ],
    [
      "Version 2",
      print({ ...keys, Version: 2, SecretAccessKey: canary }),
      "E_PROCESS_OUTPUT",
      "gave no credentials: its JSON is of Version 2, and only Version 1 is known.",
    ],
    [
      "a Version in words",
      print({ ...keys, Version: canary }),
      "E_PROCESS_OUTPUT",
      "gave no credentials: its Version is not the number 1.",
    ],
    [
      "no Version",
      print({ AccessKeyId: canary }),
      "E_PROCESS_OUTPUT",
      "gave no credentials: its JSON has no Version.",
    ],
    [
      "missing keys",
      print({ Version: 1, SessionToken: canary }),
      "E_PROCESS_OUTPUT",
      "gave no credentials: its JSON has no AccessKeyId and no SecretAccessKey.",
    ],
    [
      "an empty secret",
      print({ ...keys, SecretAccessKey: "" }),
      "E_PROCESS_OUTPUT",
      "gave no credentials: its JSON has no SecretAccessKey.",
    ],
    [
      "a bad Expiration",
      print({ ...keys, Expiration: canary }),
      "E_PROCESS_OUTPUT",
      "gave no credentials: its Expiration is not a time.",
    ],
    [
      "expired",
      print({ ...keys, SecretAccessKey: canary, Expiration: "2030-05-17T12:00:00Z" }),
      "E_PROCESS_EXPIRED",
      "gave credentials that expired at 2030-05-17T12:00:00.000Z.",
    ],
    [
      "10 MB of output",
      `process.stdout.write("${canary}".repeat(800_000))`,
      "E_PROCESS_OUTPUT",
      "printed more than 100000 bytes.",
    ],
    [
      "exit 1 and stderr with a secret",
      `console.error("${canary}"); console.log("${canary}"); process.exitCode = 1`,
      "E_PROCESS_EXIT",
      "ended with exit code 1.",
    ],
    [
      "a signal",
      'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1000)',
      "E_PROCESS_EXIT",
      "was ended by SIGTERM.",
    ],
  ];
  for (const [name, script, code, says] of outputs) {
    it(`fault 99: ${name}`, async () => {
      const error = await refusal(() => run(script));
      assert.deepEqual([error.code, error.phase, error.message], [code, "credentials", `${subject} ${says}`]);
      assert.notEqual(error.hint, undefined);
      assertHoldsNone(error, [canary]);
    });
  }

  it("fault 99: a key with a line break in it is named", async () => {
    const error = await refusal(() => run(print({ ...keys, SecretAccessKey: `${canary}\n` })));
    assert.equal(
      error.message,
      `The value of SecretAccessKey from the credential_process of profile "p" (${place}) ends with a line break.`,
    );
    assertHoldsNone(error, [canary]);
  });

  const commands: readonly (readonly [command: string, code: string, says: string])[] = [
    [`/nowhere/${canary}`, "E_PROCESS_START", "could not be started: there is no such program (ENOENT)."],
    [`/dev/null ${canary}`, "E_PROCESS_START", "could not be started: it is not executable (EACCES)."],
    [`~/${canary}`, "E_PROCESS_START", "could not be started: there is no such program (ENOENT)."],
    [`"open ${canary}`, "E_PROCESS_COMMAND", "cannot be split into a command and its arguments."],
    [`"" ${canary}`, "E_PROCESS_COMMAND", "cannot be split into a command and its arguments."],
    [`a\0b ${canary}`, "E_PROCESS_START", "could not be started (ERR_INVALID_ARG_VALUE)."],
  ];
  for (const [command, code, says] of commands) {
    it(`fault 99: the command ${JSON.stringify(command)}`, async () => {
      const effects = { ...effectsFor(null), cwd: "/" };
      const error = await refusal(() => runCredentialProcess({ profile: "p", place, command }, effects));
      assert.deepEqual([error.code, error.message], [code, `${subject} ${says}`]);
      assertHoldsNone(error, [canary]);
    });
  }

  it("fault 99: a home directory that is gone is not taken for a missing program", async () => {
    const error = await refusal(() => run(print(keys), { cwd: "/nowhere/home" }));
    assert.equal(error.message, `${subject} could not be started: there is no home directory.`);
  });

  /** A process that starts another, tells both ids in `pids`, and hangs. */
  const hanging = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
    require("node:fs").writeFileSync("pids", process.pid + " " + child.pid);
    setInterval(() => {}, 1000);`;

  it("fault 99: a process that hangs is killed with all that it started", async () => {
    const error = await refusal(() => run(hanging, { processTimeout: 700 }, assertAllGone));
    assert.deepEqual(
      [error.code, error.message],
      ["E_PROCESS_TIMEOUT", `${subject} did not end within 0.7 s.`],
    );
  });

  it("fault 91: ends within 200 ms when cancelled, and leaves no process", async () => {
    const cancel = new AbortController();
    let begin = 0;
    const error = await refusal(() =>
      withHome({ "hang.js": hanging }, async (home) => {
        const command = `"${process.execPath}" "${join(home, "hang.js")}"`;
        const effects = { ...effectsFor(home, { signal: cancel.signal }), cwd: home };
        const pending = runCredentialProcess({ profile: "p", place, command }, effects);
        pending.catch(() => {});
        await pidsIn(home);
        begin = performance.now();
        cancel.abort();
        await pending
          .finally(() => assert.ok(performance.now() - begin < 200))
          .finally(() => assertAllGone(home));
      }),
    );
    assert.deepEqual([error.code, error.phase], ["E_CANCELLED", "cancel"]);
  });

  it("fault 91: cancelling while the question is open ends at once", async () => {
    const cancel = new AbortController();
    const ask = () => {
      queueMicrotask(() => cancel.abort());
      return new Promise<boolean>(() => {});
    };
    const error = await refusal(() => run(print(keys), { ask, signal: cancel.signal }));
    assert.equal(error.code, "E_CANCELLED");
  });
});

async function pidsIn(home: string): Promise<number[]> {
  const deadline = performance.now() + 5000;
  while (performance.now() < deadline) {
    const text = await readFile(join(home, "pids"), "utf8").catch(() => "");
    if (/^\d+ \d+$/.test(text)) return text.split(" ").map(Number);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the process did not start");
}

/** Gone, or a zombie that only waits to be reaped by whoever adopted it. */
async function assertAllGone(home: string): Promise<void> {
  const deadline = performance.now() + 1000;
  for (const pid of await pidsIn(home)) {
    while (await isAlive(pid)) {
      assert.ok(performance.now() < deadline, "a process is left");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const state = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return !/\) Z /.test(state);
}
