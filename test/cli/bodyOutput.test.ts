import assert from "node:assert/strict";
import { bodyForPipe, bodyForTerminal } from "../../src/cli/bodyOutput.ts";
import { createStyle, wantsColour } from "../../src/cli/style.ts";
import { createRedactor } from "../../src/guard/redactor.ts";
import { sizeText, timeText } from "../../src/shown/bodyText.ts";

const secret = "canary+of/the=body";
const redactor = createRedactor({
  accessKeyIds: [],
  secrets: [secret],
  sessionTokens: [],
  privateValues: [],
});
const bytes = (text: string) => Buffer.from(text, "utf8");

describe("bodyForTerminal", () => {
  const show = (text: string) => bodyForTerminal(bytes(text), redactor);

  it("re-indents JSON from its text, so that no number and no key is changed", () => {
    const { output } = show('{"id":9007199254740993,"big":1e400,"a":1,"a":2,"__proto__":[]}');
    assert.equal(
      output,
      '{\n  "id": 9007199254740993,\n  "big": 1e400,\n  "a": 1,\n  "a": 2,\n  "__proto__": []\n}\n',
    );
  });

  it("shows broken JSON and other text as they are, with a line end", () => {
    assert.deepEqual(show("plain"), { output: "plain\n", remark: null });
    assert.deepEqual(show(""), { output: "", remark: null });
  });

  it("leaves text that only begins like JSON byte for byte", () => {
    for (const text of [
      "[INFO] a,b {c: d}, [1]\n[WARN] x , y\n",
      '{"cut": ',
      "{{#each pets}}{{name}}, {{/each}}\n",
      "[section]\nkey = a,b\n",
      "{a:1}\n",
      '{"a":1} {"b":2}\n',
      '// a comment\n{"a":1}\n',
      '{"a":1,}\n',
      "[1,2\n",
      "{ color: red; }\n",
    ]) {
      assert.equal(show(text).output, text.endsWith("\n") ? text : `${text}\n`);
    }
  });

  it("fault 73: shows JSON of a megabyte and JSON nested without end", () => {
    const records = JSON.stringify(
      Array.from({ length: 20_000 }, (_, id) => ({ id, name: "Bella", tags: [] })),
    );
    assert.equal(show(records).output, `${JSON.stringify(JSON.parse(records), null, 2)}\n`);
    const deep = "[".repeat(100_000);
    assert.equal(show(deep).output, `${deep}\n`);
    assert.ok(String(show(deep + "]".repeat(100_000)).output).length < 1_000_000);
  });

  it("writes out what a terminal would obey, and masks secrets", () => {
    assert.equal(show(`\u001b]0;title\u0007\u202e ${secret}`).output, "\\x1b]0;title\\x07\\u202e ‹secret›\n");
  });

  it("keeps binary off the terminal", () => {
    const { output, remark } = bodyForTerminal(Buffer.from([0x89, 0x50, 0, 0xff]), redactor);
    assert.equal(output, "");
    assert.equal(remark, "The body is binary (4 B) and not shown: --output FILE keeps it, a pipe gets it.");
  });
});

describe("bodyForPipe", () => {
  it("passes bytes on untouched", () => {
    for (const body of [
      bytes("\ufefftext\r\n"),
      Buffer.from([0xff, 0xfe, 0]),
      bytes("\u001b[31m"),
      bytes(""),
    ]) {
      assert.deepEqual(bodyForPipe(body, redactor), { output: body, remark: null });
    }
  });

  it("masks secrets in text and says so", () => {
    assert.deepEqual(bodyForPipe(bytes(`{"echo":"${secret}"}`), redactor), {
      output: bytes('{"echo":"‹secret›"}'),
      remark: "Credentials in the body are masked; --output FILE keeps its exact bytes.",
    });
  });
});

describe("sizes, times and colours", () => {
  it("are short", () => {
    assert.deepEqual([0, 999, 1000, 12_345, 3_100_000].map(sizeText), [
      "0 B",
      "999 B",
      "1.0 kB",
      "12.3 kB",
      "3.1 MB",
    ]);
    assert.deepEqual([0.44, 9.96, 12.4, 999, 3210].map(timeText), [
      "0.4 ms",
      "10.0 ms",
      "12 ms",
      "999 ms",
      "3.2 s",
    ]);
  });

  it("fault 107: come only where they are wanted", () => {
    assert.deepEqual(
      [
        wantsColour(true, {}),
        wantsColour(false, {}),
        wantsColour(true, { NO_COLOR: "1" }),
        wantsColour(true, { NO_COLOR: "" }),
        wantsColour(true, { TERM: "dumb" }),
      ],
      [true, false, false, true, false],
    );
    assert.deepEqual(
      [createStyle(true).bad("x"), createStyle(false).bad("x")],
      ["\u001b[31mx\u001b[39m", "x"],
    );
  });
});
