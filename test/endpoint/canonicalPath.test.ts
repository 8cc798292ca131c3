import assert from "node:assert/strict";
import { canonicalPath } from "../../src/endpoint/canonicalPath.ts";

const common = { normalizePath: true, doubleEncode: true };
const s3 = { normalizePath: false, doubleEncode: false };

describe("canonicalPath", () => {
  const rows: readonly [wire: string, common: string, s3: string][] = [
    ["/", "/", "/"],
    ["/a/b", "/a/b", "/a/b"],
    ["/a%20b", "/a%2520b", "/a%20b"],
    ["/a%2Fb", "/a%252Fb", "/a/b"],
    ["/a%2fb", "/a%252fb", "/a/b"],
    ["/a%252Fb", "/a%25252Fb", "/a%252Fb"],
    ["/b/%2Fa", "/b/%252Fa", "/b//a"],
    ["/b/folder%2F", "/b/folder%252F", "/b/folder/"],
    ["/b%2F..%2Fa", "/b%252F..%252Fa", "/b/../a"],
    ["/caf%E9", "/caf%25E9", "/caf%E9"],
    ["/%7Ex", "/%257Ex", "/~x"],
    ["/a+b:c@d", "/a%2Bb%3Ac%40d", "/a%2Bb%3Ac%40d"],
    ["/100%", "/100%25", "/100%25"],
    ["//a///b/", "/a/b/", "//a///b/"],
    ["/a/./b/../c", "/a/c", "/a/./b/../c"],
    ["/..", "/", "/.."],
    ["/a/..", "/", "/a/.."],
    ["/a/../", "/", "/a/../"],
    ["/a/b/..", "/a", "/a/b/.."],
    ["/%2E%2E/x", "/%252E%252E/x", "/../x"],
    ["/a#b", "/a%23b", "/a%23b"],
  ];
  for (const [path, expected, expectedS3] of rows) {
    it(`${path} is ${expected}, and ${expectedS3} for S3`, () => {
      assert.deepEqual([canonicalPath(path, common), canonicalPath(path, s3)], [expected, expectedS3]);
    });
  }

  it("encodes once more without normalising where it is told so", () => {
    const rules = { normalizePath: false, doubleEncode: true };
    assert.equal(canonicalPath("//a/../%20/.", rules), "//a/../%2520/.");
  });
});
