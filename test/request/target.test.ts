import assert from "node:assert/strict";
import fc from "fast-check";
import { readTarget, withoutPlus } from "../../src/request/target.ts";
import type { RequestTarget } from "../../src/stages.ts";
import { problemsOf, resolved, resolveText, urlOf } from "./resolving.ts";

const nowhere = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };

function read(text: string, host: string | null = null): ReturnType<typeof readTarget> {
  return readTarget({ text, range: nowhere, placeOf: () => nowhere }, host);
}

/** The target without what is the same in most rows. */
function targetOf(text: string, host: string | null = null): RequestTarget | readonly string[] {
  const { target, problems } = read(text, host);
  return target ?? problems.map(({ code }) => code);
}

describe("readTarget", () => {
  it("takes a URL apart", () => {
    assert.deepEqual(targetOf("HTTPS://API.Example:8443/a/b?c=d&e"), {
      typed: "HTTPS://API.Example:8443/a/b?c=d&e",
      scheme: "https:",
      host: "api.example",
      port: 8443,
      authority: "api.example:8443",
      path: "/a/b",
      query: "c=d&e",
    });
  });

  const authorities: readonly (readonly [string, string, number, string])[] = [
    ["https://a.example", "https:", 443, "a.example"],
    ["https://a.example:443/", "https:", 443, "a.example"],
    ["http://a.example", "http:", 80, "a.example"],
    ["http://a.example:443/", "http:", 443, "a.example:443"],
    ["wss://a.example/x", "wss:", 443, "a.example"],
    ["ws://[::1]:80/x", "ws:", 80, "[::1]"],
    ["https://Bücher.example.:8443/x", "https:", 8443, "xn--bcher-kva.example.:8443"],
  ];
  for (const [text, scheme, port, authority] of authorities) {
    it(`fault 19: ${text} connects to ${authority}, port ${port}`, () => {
      const { target } = read(text);
      assert.deepEqual([target?.scheme, target?.port, target?.authority], [scheme, port, authority]);
    });
  }

  const paths: readonly (readonly [typed: string, path: string, query: string | null])[] = [
    ["", "/", null],
    ["/", "/", null],
    ["?", "/", ""],
    ["?a=b", "/", "a=b"],
    ["/a/../b/./c//d", "/a/../b/./c//d", null],
    ["//", "//", null],
    ["/a%2Fb%2e%2E/%e9", "/a%2Fb%2e%2E/%e9", null],
    ["/a b", "/a%20b", null],
    ["/é?ü=😀", "/%C3%A9", "%C3%BC=%F0%9F%98%80"],
    ["/\t\u0001\u007f", "/%09%01%7F", null],
    ["/:@!$&'()*,;=~[]", "/:@!$&'()*,;=~[]", null],
    ['/{}|\\^`"<>?{}|\\^`"<>', "/%7B%7D%7C%5C%5E%60%22%3C%3E", "%7B%7D%7C%5C%5E%60%22%3C%3E"],
    ["/a?b?c=d??", "/a", "b?c=d??"],
    ["/a+b?c+d", "/a+b", "c+d"],
    ["/100%?x=%", "/100%", "x=%"],
    ["/a#b?c", "/a", null],
    ["?a=1#b", "/", "a=1"],
    ["#x", "/", null],
  ];
  for (const [typed, path, query] of paths) {
    it(`sends ${JSON.stringify(typed)} as path ${path}, query ${query}`, () => {
      const { target } = read(`https://a.example${typed}`);
      assert.deepEqual([target?.path, target?.query], [path, query]);
    });
  }

  it("takes a path with a Host header; http on this machine, https elsewhere", () => {
    const url = (text: string, host: string): unknown => {
      const target = targetOf(text, host);
      return "scheme" in target
        ? `${target.scheme} ${target.authority} ${target.port} ${target.path}`
        : target;
    };
    assert.equal(url("/x", "a.example"), "https: a.example 443 /x");
    assert.equal(url("//x", "A.example:8443"), "https: a.example:8443 8443 //x");
    assert.equal(url("/x", "localhost:3000"), "http: localhost:3000 3000 /x");
    assert.equal(url("/x", "[::1]"), "http: [::1] 80 /x");
    assert.deepEqual(url("/x", "u:p@a.example"), ["E_URL_USERINFO"]);
  });

  const refused: readonly (readonly [text: string, code: string, message: RegExp])[] = [
    ["", "E_URL_SCHEME", /https:\/\//],
    ["pets", "E_URL_SCHEME", /write `https:\/\/pets`\./],
    ["api/pets", "E_URL_SCHEME", /write `https:\/\/api`\./],
    ["pets?k=secret", "E_URL_SCHEME", /write `https:\/\/pets`\./],
    ["a.example\\b", "E_URL_SCHEME", /does not begin with https/],
    ["u:secret@a.example", "E_URL_SCHEME", /does not begin with https/],
    ["ftp://a.example", "E_URL_SCHEME", /ftp:\/\/ is not a scheme/],
    ["https:/a.example", "E_URL_SCHEME", /https:\/\//],
    ["*", "E_URL_SCHEME", /https:\/\//],
    ["https://", "E_URL_HOST", /names no host/],
    ["https:///x", "E_URL_HOST", /names no host/],
    ["/x", "E_URL_HOST", /Host header/],
    ["https://u:secret@a.example", "E_URL_USERINFO", /user name/],
    ["https://a.example\\@b.example/", "E_URL_AUTHORITY", /backslash/],
    ["https://a b/", "E_URL_AUTHORITY", /blank/],
    ["https://a.example/\r\nX: y", "E_CONTROL_CHARACTER", /CR/],
    ["https://a.example/\n", "E_CONTROL_CHARACTER", /LF/],
    ["https://a.example/\0", "E_CONTROL_CHARACTER", /NUL/],
    ["https://a.example/\u202e", "E_HIDDEN_CHARACTER", /U\+202E/],
    ["https://a.example/\udfff", "E_LONE_SURROGATE", /U\+DFFF/],
  ];
  for (const [text, code, message] of refused) {
    it(`refuses ${JSON.stringify(text)} with ${code}`, () => {
      const { target, problems } = read(text);
      assert.deepEqual([target, problems.map((problem) => problem.code)], [null, [code]]);
      assert.match(problems[0]?.message ?? "", message);
      assert.doesNotMatch(problems[0]?.message ?? "", /secret/);
    });
  }

  const guessed: readonly (readonly [text: string, sent: string])[] = [
    ["example.com/x?k=v", "https: example.com 443 /x"],
    ["example.com", "https: example.com 443 /"],
    ["Bücher.example", "https: xn--bcher-kva.example 443 /"],
    ["api:8080", "https: api:8080 8080 /"],
    ["localhost:3000/x", "http: localhost:3000 3000 /x"],
    ["localhost", "http: localhost 80 /"],
    ["a.localhost?b", "http: a.localhost 80 /"],
    ["127.0.0.1", "http: 127.0.0.1 80 /"],
    ["[::1]:81/x", "http: [::1]:81 81 /x"],
  ];
  for (const [text, sent] of guessed) {
    it(`guesses the scheme of ${text}, and says so`, () => {
      const { target, problems } = read(text);
      assert.equal(`${target?.scheme} ${target?.authority} ${target?.port} ${target?.path}`, sent);
      assert.deepEqual(
        problems.map(({ code }) => code),
        ["H_URL_SCHEME"],
      );
    });
  }

  it("sends the ASCII that a request target may hold as it is, and brackets", () => {
    const visible = fc.string({
      unit: fc
        .integer({ min: 0x21, max: 0x7e })
        .map((code) => String.fromCharCode(code))
        .filter((character) => !'"<>\\^`{|}'.includes(character)),
    });
    fc.assert(
      fc.property(visible, (text) => {
        const rest = `/${text.replaceAll("#", "")}`;
        const { target } = read(`https://a.example${rest}`);
        assert.equal(`${target?.path}${target?.query === null ? "" : `?${target?.query}`}`, rest);
      }),
    );
  });

  it("sends only visible ASCII, or refuses", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { target, problems } = read(`https://a.example/${text}`);
        if (target === null) assert.equal(problems.length, 1);
        else assert.match(`${target.path}${target.query ?? ""}`, /^[!-~]+$/);
      }),
    );
  });
});

describe("the places of what is odd about a URL", () => {
  it("are the characters themselves, or the references that yielded them", async () => {
    const text = "@v = 1#%\nGET https://a.example/50%/\n  ?a=b+c\n  &d=+{{p}}#f\n";
    const given = { variables: new Map([["p", "++"]]), willSign: () => true };
    assert.deepEqual(await problemsOf(text, given), [
      ["H_URL_PERCENT", "%"],
      ["H_URL_FRAGMENT", "#"],
      ["H_PLUS_IS_SPACE", "+"],
      ["H_PLUS_IS_SPACE", "+"],
      ["H_PLUS_IS_SPACE", "{{p}}"],
    ]);
    assert.equal(urlOf(await resolved(text, given)), "https://a.example/50%/?a=b%20c&d=%20%20%20");
  });

  it("say nothing of a + in a request that is not signed, or in a path", async () => {
    const text = "GET https://a.example/a+b?c=d+e";
    assert.deepEqual(await problemsOf(text), []);
    assert.equal(urlOf(await resolved(text)), text.slice(4));
    const path = "GET https://a.example/a+b?c#d+e";
    assert.deepEqual(await problemsOf(path, { willSign: () => true }), [["H_URL_FRAGMENT", "#"]]);
  });

  it("are bounded in number", () => {
    const text = `https://a.example/?${"+".repeat(1000)}`;
    const placeOf = (offset: number): typeof nowhere => ({
      start: { line: 0, column: offset },
      end: { line: 0, column: offset + 1 },
    });
    const url = { text, range: nowhere, placeOf };
    const { target } = readTarget(url, null);
    assert.ok(target !== null);
    const sent = withoutPlus(target, url);
    assert.deepEqual([sent.target.query, sent.problems.length], ["%20".repeat(1000), 20]);
  });
});

describe("a URL with variables", () => {
  it("fault 106: may not gain CR or LF from one", async () => {
    const variables = new Map([["v", "x\r\nHost: evil.example"]]);
    const text = "GET https://a.example/{{v}}\nA: {{v}}";
    assert.deepEqual(await problemsOf(text, { variables }), [
      ["E_CONTROL_CHARACTER", "https://a.example/{{v}}"],
      ["E_CONTROL_CHARACTER", "{{v}}"],
    ]);
    const encoded = await resolved("GET https://a.example/{{%v}}", { variables });
    assert.equal(encoded.target.path, "/x%0D%0AHost%3A%20evil.example");
  });

  it("may not gain another host from one", async () => {
    for (const value of ["u:p@evil.example", "evil.example\\", "a.example\u200b", "a b"]) {
      const { request } = await resolveText("GET https://{{v}}/x", { variables: new Map([["v", value]]) });
      assert.equal(request, null);
    }
  });
});
