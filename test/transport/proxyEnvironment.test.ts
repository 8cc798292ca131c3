import assert from "node:assert/strict";
import { type ProxyEnvironment, proxyFor } from "../../src/transport/proxyEnvironment.ts";
import { parseProxy } from "../../src/transport/proxyUrl.ts";

const proxy = "http://proxy.corp:3128";

describe("proxyFor", () => {
  const cases: readonly (readonly [
    title: string,
    url: string,
    env: ProxyEnvironment,
    expected: readonly [url: string, source: string] | null,
  ])[] = [
    ["nothing set", "https://a.test/", {}, null],
    ["https", "https://a.test/", { HTTPS_PROXY: proxy }, [proxy, "HTTPS_PROXY"]],
    ["http has its own", "http://a.test/", { HTTPS_PROXY: proxy }, null],
    ["http", "http://a.test/", { http_proxy: proxy }, [proxy, "http_proxy"]],
    ["http in capitals, as a request to a web server sets it", "http://a.test/", { HTTP_PROXY: proxy }, null],
    ["ws in capitals", "ws://a.test/", { HTTP_PROXY: proxy }, null],
    [
      "http in capitals beside what counts",
      "http://a.test/",
      { HTTP_PROXY: "http://evil.test", ALL_PROXY: proxy },
      [proxy, "ALL_PROXY"],
    ],
    [
      "lower case first",
      "https://a.test/",
      { HTTPS_PROXY: "http://b", https_proxy: proxy },
      [proxy, "https_proxy"],
    ],
    ["empty is unset", "https://a.test/", { https_proxy: " ", ALL_PROXY: proxy }, [proxy, "ALL_PROXY"]],
    ["without scheme", "https://a.test/", { HTTPS_PROXY: "proxy.corp:3128" }, [proxy, "HTTPS_PROXY"]],
    ["wss as https", "wss://a.test/", { HTTPS_PROXY: proxy }, [proxy, "HTTPS_PROXY"]],
    ["no_proxy: *", "https://a.test/", { HTTPS_PROXY: proxy, NO_PROXY: "*" }, null],
    ["no_proxy: the host", "https://a.test/", { HTTPS_PROXY: proxy, NO_PROXY: "x, A.test" }, null],
    ["no_proxy: what is under it", "https://b.a.test/", { HTTPS_PROXY: proxy, no_proxy: "a.test" }, null],
    ["no_proxy: .x", "https://b.a.test/", { HTTPS_PROXY: proxy, no_proxy: ".a.test" }, null],
    ["no_proxy: *.x", "https://b.a.test/", { HTTPS_PROXY: proxy, no_proxy: "*.a.test" }, null],
    [
      "no_proxy: not a mere suffix",
      "https://ba.test/",
      { HTTPS_PROXY: proxy, no_proxy: "a.test" },
      [proxy, "HTTPS_PROXY"],
    ],
    ["no_proxy: the port", "https://a.test/", { HTTPS_PROXY: proxy, no_proxy: "a.test:443" }, null],
    [
      "no_proxy: another port",
      "https://a.test/",
      { HTTPS_PROXY: proxy, no_proxy: "a.test:8443" },
      [proxy, "HTTPS_PROXY"],
    ],
    ["no_proxy: an address", "https://10.1.2.3/", { HTTPS_PROXY: proxy, no_proxy: "10.1.2.3" }, null],
    ["no_proxy: CIDR", "https://10.1.2.3/", { HTTPS_PROXY: proxy, no_proxy: "10.0.0.0/8" }, null],
    [
      "no_proxy: CIDR elsewhere",
      "https://11.1.2.3/",
      { HTTPS_PROXY: proxy, no_proxy: "10.0.0.0/8" },
      [proxy, "HTTPS_PROXY"],
    ],
    [
      "no_proxy: CIDR out of range",
      "https://10.1.2.3/",
      { HTTPS_PROXY: proxy, no_proxy: "10.0.0.0/99" },
      [proxy, "HTTPS_PROXY"],
    ],
    ["no_proxy: IPv6 CIDR", "https://[fd00::1]/", { HTTPS_PROXY: proxy, no_proxy: "fd00::/8" }, null],
    [
      "no_proxy: IPv6 with port",
      "https://[fd00::1]:8443/",
      { HTTPS_PROXY: proxy, no_proxy: "[fd00::1]:8443" },
      null,
    ],
    ["loopback", "http://127.1.2.3:80/", { http_proxy: proxy }, null],
    ["loopback IPv6", "http://[::1]/", { http_proxy: proxy }, null],
    ["localhost", "http://localhost./", { http_proxy: proxy }, null],
    ["under localhost", "http://api.localhost/", { http_proxy: proxy }, null],
    ["not localhost", "http://localhost.test/", { http_proxy: proxy }, [proxy, "http_proxy"]],
    ["inherited names are not variables", "https://a.test/", Object.create({ HTTPS_PROXY: proxy }), null],
  ];
  for (const [title, url, env, expected] of cases) {
    it(`fault 25: ${title}`, () => {
      const found = proxyFor(url, env);
      assert.deepEqual(found === null ? null : [found.url, found.source], expected);
    });
  }

  for (const value of ["http://user:hunter22@", "socks5://user:hunter22@p", "http://us er:hunter22@p:x"]) {
    it(`fault 25, 26: ${value.replace("hunter22", "…")} is refused without being shown`, () => {
      assert.throws(
        () => proxyFor("https://a.test/", { HTTPS_PROXY: value }),
        (error: Error & { code?: string }) =>
          error.code === "E_PROXY_URL" &&
          error.message.includes("HTTPS_PROXY") &&
          !error.message.includes("hunter22"),
      );
    });
  }
});

describe("parseProxy", () => {
  it("fault 26: decodes the password and keeps it out of the label", () => {
    assert.deepEqual(parseProxy({ url: "https://us%3Aer:p%40s%2Fs%25@[fd00::1]:8443/", source: "setting" }), {
      secure: true,
      host: "fd00::1",
      port: 8443,
      authorization: `Basic ${Buffer.from("us:er:p@s/s%").toString("base64")}`,
      label: "the proxy https://[fd00::1]:8443 (setting)",
    });
  });

  it("fault 26: takes a stray % as it stands", () => {
    const { authorization } = parseProxy({ url: "http://u:100%@p", source: "s" });
    assert.equal(authorization, `Basic ${Buffer.from("u:100%").toString("base64")}`);
  });

  it("knows the default ports", () => {
    const ports = ["http://p", "https://p"].map((url) => parseProxy({ url, source: "s" }).port);
    assert.deepEqual(ports, [80, 443]);
  });
});
