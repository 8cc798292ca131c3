import assert from "node:assert/strict";
import { redactBody, redactBodyInSlices } from "../../src/guard/redactBody.ts";
import { createRedactor } from "../../src/guard/redactor.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+canary";
const redactor = createRedactor({
  accessKeyIds: [],
  secrets: [secret],
  sessionTokens: [],
  privateValues: ["dev"],
});

/** Bodies in each of which every kind of work is done. */
const bodies: Readonly<Record<string, string>> = {
  plain: `{"name":"Alice","note":"${secret}","stage":"dev","api_key":"0123456789"},\n`,
  "JSON in JSON": `{\\"name\\":\\"Alice\\",\\"note\\":\\"${secret}\\",\\"api_key\\":\\"0123456789\\"},`,
  "percent-encoded": `a=%41%42%43&note=${encodeURIComponent(secret)}&token=0123456789&`,
};

/** Turns that others get on this thread until the work is done. */
async function turnsDuring<T>(work: Promise<T>): Promise<{ readonly turns: number; readonly result: T }> {
  let turns = 0;
  let isDone = false;
  const count = () => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  const result = await work.finally(() => {
    isDone = true;
  });
  return { turns, result };
}

describe("a body that is redacted in slices", () => {
  for (const [name, unit] of Object.entries(bodies)) {
    it(`gives others a turn in between, and comes to the same: ${name}`, async () => {
      const bytes = Buffer.from(unit.repeat(Math.ceil(3_000_000 / unit.length)));
      const { turns, result } = await turnsDuring(redactBodyInSlices(bytes, "", redactor));
      assert.ok(turns > 2, `${turns}`);
      assert.deepEqual(result, redactBody(bytes, "", redactor));
      assert.ok(result.kind === "text" && !result.text.includes("wJalr"));
    });
  }

  it("leaves off when it is told to", async () => {
    const controller = new AbortController();
    const bytes = Buffer.from((bodies["percent-encoded"] ?? "").repeat(60_000));
    const work = redactBodyInSlices(bytes, "", redactor, controller.signal);
    setImmediate(() => controller.abort(new Error("enough")));
    await assert.rejects(work, /enough/);
  });

  it("finds a secret over each border of what is looked at in one step", () => {
    for (let before = 32_768 - secret.length - 2; before < 32_772; before += 1) {
      for (const written of [secret, encodeURIComponent(secret), `api_key=${"0".repeat(9)}`]) {
        const { text } = redactor;
        const shown = text(`${" ".repeat(before)}${written} `);
        assert.match(shown, /^ +(?:api_key=)?‹secret› $/, `${before}`);
      }
    }
  });
});
