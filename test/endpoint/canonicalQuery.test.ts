import assert from "node:assert/strict";
import { canonicalQuery, readQuery, splitTarget } from "../../src/endpoint/canonicalQuery.ts";

describe("splitTarget", () => {
  it("splits at the first question mark", () => {
    assert.deepEqual(splitTarget("/a?b?c"), { path: "/a", query: "b?c" });
    assert.deepEqual(splitTarget("/a?"), { path: "/a", query: "" });
    assert.deepEqual(splitTarget("/a"), { path: "/a", query: "" });
  });
});

describe("readQuery", () => {
  it("decodes to bytes, keeps repeats and drops empty pairs", () => {
    assert.deepEqual(readQuery("&a=1&&a=2&b&=c&d=e=f&x+y=%E9%2B&"), [
      ["a", "1"],
      ["a", "2"],
      ["b", ""],
      ["", "c"],
      ["d", "e=f"],
      ["x y", "\xe9+"],
    ]);
    assert.deepEqual(readQuery(""), []);
  });

  it("has no special names", () => {
    assert.deepEqual(readQuery("__proto__=1&constructor"), [
      ["__proto__", "1"],
      ["constructor", ""],
    ]);
  });
});

describe("canonicalQuery", () => {
  const rows: readonly [wire: string, canonical: string][] = [
    ["", ""],
    ["b&a", "a=&b="],
    ["a=b&a=B&a=%20&a=10&a=9", "a=%20&a=10&a=9&a=B&a=b"],
    // Sorted by name, then value: as one text "a-b=1" would come before "a=2".
    ["a-b=1&a=2", "a=2&a-b=1"],
    ["a=b+c", "a=b%20c"],
    ["a=b%2Bc", "a=b%2Bc"],
    ["q=%c3%bc", "q=%C3%BC"],
    ["q=caf%E9", "q=caf%E9"],
    ["t=12:30&u=/a?b&*=!'()", "%2A=%21%27%28%29&t=12%3A30&u=%2Fa%3Fb"],
    ["a=100%&b=%zz", "a=100%25&b=%25zz"],
    ["token=abc==", "token=abc%3D%3D"],
  ];
  for (const [wire, canonical] of rows) {
    it(`${wire || "nothing"} is ${canonical || "empty"}`, () => {
      assert.equal(canonicalQuery(readQuery(wire)), canonical);
    });
  }
});
