import assert from "node:assert/strict";
import { readLoopbackAuthority, servesHost } from "../../src/endpoint/servedHost.ts";

describe("readLoopbackAuthority", () => {
  it("reads loopback names and their port", () => {
    assert.deepEqual(readLoopbackAuthority("127.0.0.1:8998"), { host: "127.0.0.1", port: 8998 });
    assert.deepEqual(readLoopbackAuthority("LocalHost:1"), { host: "localhost", port: 1 });
    assert.deepEqual(readLoopbackAuthority("a.b-c.localhost"), { host: "a.b-c.localhost", port: 80 });
  });

  const foreign = [
    "",
    ":8998",
    "example.com:8998",
    "localhost.example.com:8998",
    "127.0.0.1.nip.io:8998",
    "127.0.0.2:8998",
    "xlocalhost:8998",
    ".localhost:8998",
    "localhost.:8998",
    "user@localhost:8998",
    "localhost:0",
    "localhost:65536",
    "localhost:8998:1",
    "localhost:8998\n",
    "[::1]:8998",
  ];
  for (const authority of foreign) {
    it(`refuses ${JSON.stringify(authority)}`, () => assert.equal(readLoopbackAuthority(authority), null));
  }
});

describe("servesHost", () => {
  it("wants one Host with the endpoint's own port", () => {
    assert.equal(servesHost(["api.localhost:8998"], 8998), true);
    assert.equal(servesHost(["localhost:8999"], 8998), false);
    assert.equal(servesHost(["localhost"], 8998), false);
    assert.equal(servesHost(["localhost:8998", "localhost:8998"], 8998), false);
    assert.equal(servesHost([], 8998), false);
  });
});
