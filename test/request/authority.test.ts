import assert from "node:assert/strict";
import { looksLoopback, readAuthority } from "../../src/request/authority.ts";

describe("readAuthority", () => {
  const good: readonly (readonly [text: string, host: string, port: number | null])[] = [
    ["a.example", "a.example", null],
    ["A.Example:8443", "a.example", 8443],
    ["a.example.", "a.example.", null],
    ["my_bucket.s3.amazonaws.com", "my_bucket.s3.amazonaws.com", null],
    ["bücher.example", "xn--bcher-kva.example", null],
    ["xn--bcher-kva.example", "xn--bcher-kva.example", null],
    ["127.0.0.1:65535", "127.0.0.1", 65535],
    ["0x7f.1", "0x7f.1", null],
    ["[::1]", "[::1]", null],
    ["[2001:DB8::1]:80", "[2001:db8::1]", 80],
  ];
  for (const [text, host, port] of good) {
    it(`fault 19: ${text} is host ${host}, port ${port}`, () => {
      assert.deepEqual(readAuthority(text), { value: { host, port } });
    });
  }

  const bad: readonly (readonly [text: string, code: string])[] = [
    ["", "E_URL_HOST"],
    ["user@a.example", "E_URL_USERINFO"],
    ["user:secret@a.example:80", "E_URL_USERINFO"],
    ["@a.example", "E_URL_USERINFO"],
    ["a example", "E_URL_AUTHORITY"],
    ["a.example\t", "E_URL_AUTHORITY"],
    ["a.\r\nexample", "E_URL_AUTHORITY"],
    ["a\u00a0b", "E_URL_AUTHORITY"],
    ["a.exa\u200bmple", "E_HIDDEN_CHARACTER"],
    ["a..example", "E_URL_AUTHORITY"],
    [".example", "E_URL_AUTHORITY"],
    ["a%2eexample", "E_URL_AUTHORITY"],
    ["a／b.example", "E_URL_AUTHORITY"],
    ["a\\b", "E_URL_AUTHORITY"],
    ["a!b", "E_URL_AUTHORITY"],
    ["::1", "E_URL_AUTHORITY"],
    ["[::1", "E_URL_AUTHORITY"],
    ["[::g]", "E_URL_AUTHORITY"],
    ["[fe80::1%eth0]", "E_URL_AUTHORITY"],
    ["[::1]x", "E_URL_AUTHORITY"],
    [`${"a".repeat(255)}`, "E_URL_AUTHORITY"],
    [":80", "E_URL_AUTHORITY"],
    ["a:", "E_URL_PORT"],
    ["a:0", "E_URL_PORT"],
    ["a:65536", "E_URL_PORT"],
    ["a:8o", "E_URL_PORT"],
    ["a:+80", "E_URL_PORT"],
  ];
  for (const [text, code] of bad) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))} with ${code}`, () => {
      const { fault } = readAuthority(text);
      assert.equal(fault?.code, code);
      assert.doesNotMatch(fault?.message ?? "", /secret/);
    });
  }
});

describe("looksLoopback", () => {
  it("knows the names of this machine", () => {
    const hosts = [
      "localhost",
      "api.localhost",
      "127.0.0.1",
      "127.9.9.9",
      "[::1]",
      "localhost.example",
      "128.0.0.1",
    ];
    assert.deepEqual(hosts.map(looksLoopback), [true, true, true, true, true, false, false]);
  });
});
