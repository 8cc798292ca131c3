import assert from "node:assert/strict";
import fc from "fast-check";
import { readPageMessage, readPageState } from "../../../src/editor/panel/readPageMessage.ts";
import type { PageMessage, PageState } from "../../../src/page/protocol.ts";

const good: readonly PageMessage[] = [
  { type: "ready" },
  { type: "sendAgain" },
  { type: "cancel" },
  { type: "save" },
  { type: "openInEditor" },
  { type: "showBody" },
  { type: "togglePin" },
  { type: "runChecks" },
  { type: "copy", what: "canonicalRequest" },
  { type: "copyText", text: "rex" },
  { type: "help", action: "switchProfile" },
  { type: "showLine", line: 3 },
  { type: "fix", finding: 0, fix: 2, send: true },
];

const state: PageState = {
  version: 1,
  tab: "signing",
  request: { method: "GET", origin: "https://a", path: "/b", query: "", title: "", place: "a.awsreq:1" },
  restore: { document: "file:///a.awsreq", line: 0, name: null, digest: "d" },
  last: { status: 200, statusText: "OK", when: 1 },
};

describe("what the page says", () => {
  for (const message of good) {
    it(`${message.type} is understood as it is, whatever else it brings`, () => {
      assert.deepEqual(readPageMessage(message), message);
      assert.deepEqual(readPageMessage({ ...message, path: "/etc/passwd" }), message);
    });
  }

  for (const message of [
    null,
    "ready",
    [],
    { type: "run" },
    { type: "copy", what: "secret" },
    { type: "copyText", text: "x".repeat(1_000_001) },
    { type: "help", action: "constructor" },
    { type: "showLine", line: -1 },
    { type: "showLine", line: 1.5 },
    { type: "fix", finding: 0, fix: -1, send: true },
    { type: "fix", finding: 0, fix: 0 },
    Object.create({ type: "ready" }),
  ]) {
    it(`${JSON.stringify(message)?.slice(0, 40)} is nothing`, () =>
      assert.equal(readPageMessage(message), null));
  }

  it("never throws", () => {
    fc.assert(
      fc.property(fc.anything(), (message) => void [readPageMessage(message), readPageState(message)]),
    );
  });
});

describe("what the page kept over a reload", () => {
  it("is understood as it is", () => assert.deepEqual(readPageState(state), state));

  for (const [name, changed] of [
    ["another version", { ...state, version: 2 }],
    ["no request", { ...state, request: undefined }],
    ["a line that is none", { ...state, restore: { ...state.restore, line: "0" } }],
    ["a tab that is none", { ...state, tab: "notes" }],
  ] as const) {
    it(`${name} is nothing`, () => assert.equal(readPageState(changed), null));
  }

  it("does without a last answer", () => {
    assert.deepEqual(readPageState({ ...state, last: { status: "200" } }), { ...state, last: null });
  });
});
