import assert from "node:assert/strict";
import fc from "fast-check";
import type { RefusalContext } from "../../src/guard/refusalRules.ts";
import { refusals } from "../../src/guard/refuse.ts";
import type { ResolvedRequest } from "../../src/stages.ts";
import { requestWith, typed } from "./requestFixture.ts";

const context: RefusalContext = {
  trusted: true,
  scope: { region: "eu-west-1", service: "execute-api" },
  allowPlainHttpHosts: [],
};

function codes(request: ResolvedRequest, changes: Partial<RefusalContext> = {}): readonly string[] {
  return refusals(request, { ...context, ...changes }).map(({ code }) => code);
}

function told(request: ResolvedRequest, changes: Partial<RefusalContext> = {}) {
  return refusals(request, { ...context, ...changes }).map(({ code, phase, message, hint }) => [
    code,
    phase,
    message,
    hint,
  ]);
}

const url = (typedUrl: string) => requestWith({ target: { typed: typedUrl } });

describe("refusals", () => {
  it("has nothing against an ordinary request", () => {
    assert.deepEqual(refusals(requestWith(), context), []);
    assert.deepEqual(refusals(requestWith(), { ...context, scope: null }), []);
  });

  it("refuses everything in an untrusted workspace, first of all", () => {
    assert.deepEqual(told(requestWith(), { trusted: false }), [
      [
        "E_REFUSED_UNTRUSTED",
        "guard",
        "Nothing is sent from a workspace that is not trusted.",
        "Read the request file, then trust the workspace (Workspaces: Manage Workspace Trust).",
      ],
    ]);
    assert.equal(codes(url("https://a@b/"), { trusted: false })[0], "E_REFUSED_UNTRUSTED");
  });

  it("refuses CR, LF and NUL that variables brought in", () => {
    assert.deepEqual(
      told(requestWith({ headers: [typed("Host", "api.example.com"), typed("X-A", "b\r\nEvil: 1")] })),
      [
        [
          "E_REFUSED_CONTROL_CHARACTER",
          "guard",
          'The header "X-A" holds a carriage return (CR), which would end the line on the wire and begin another.',
          "Look at the variables in it: a value ends in a line break, or holds one. {{%name}} percent-encodes a variable.",
        ],
      ],
    );
    for (const evil of ["\r", "\n", "\0"]) {
      assert.deepEqual(codes(url(`https://api.example.com/a${evil}b`)), ["E_REFUSED_CONTROL_CHARACTER"]);
      assert.deepEqual(codes(requestWith({ target: { path: `/a${evil}` } })), [
        "E_REFUSED_CONTROL_CHARACTER",
      ]);
      assert.deepEqual(codes(requestWith({ target: { query: `a${evil}` } })), [
        "E_REFUSED_CONTROL_CHARACTER",
      ]);
      assert.deepEqual(codes(requestWith({ method: `GET${evil}` })), ["E_REFUSED_CONTROL_CHARACTER"]);
      assert.deepEqual(
        codes(requestWith({ headers: [typed("Host", "api.example.com"), typed(`X${evil}`, "")] })),
        ["E_REFUSED_CONTROL_CHARACTER"],
      );
    }
  });

  it("refuses bidirectional and zero-width characters in the request line, header names and directives", () => {
    for (const hidden of [
      "\u202e",
      "\u2066",
      "\u200b",
      "\u200d",
      "\u2060",
      "\ufeff",
      "\u00ad",
      "\u{e0041}",
    ]) {
      const header = typed(`X-${hidden}A`, "1", 4);
      const profile = { value: `pro${hidden}d`, source: "pets.awsreq:1" };
      const expected = ["E_REFUSED_HIDDEN_CHARACTER"];
      assert.deepEqual(codes(url(`https://api.example.com/${hidden}`)), expected);
      assert.deepEqual(codes(requestWith({ method: `GE${hidden}T` })), expected);
      assert.deepEqual(codes(requestWith({ headers: [typed("Host", "api.example.com"), header] })), expected);
      assert.deepEqual(codes(requestWith({ settings: { profile } })), expected);
    }
    const value = { host: "a\u200b.example", port: null };
    assert.deepEqual(told(requestWith({ settings: { connectTo: { value, source: "pets.awsreq:2" } } })), [
      [
        "E_REFUSED_HIDDEN_CHARACTER",
        "guard",
        "`@connect-to` (pets.awsreq:2) holds the invisible character U+200B: it does not read as what it is.",
        "Delete the character and type the text anew; where it is meant, percent-encode it.",
      ],
    ]);
  });

  it("lets header values hold what they like but line ends", () => {
    assert.deepEqual(
      codes(requestWith({ headers: [typed("Host", "api.example.com"), typed("X-A", "\u202e é")] })),
      [],
    );
  });

  it("refuses userinfo in the URL, also where new URL() would lose it", () => {
    assert.deepEqual(told(url("https://iam.amazonaws.com@api.example.com/")), [
      [
        "E_REFUSED_USERINFO",
        "guard",
        "The URL on line 3 has a user name or password before its host; the host is api.example.com.",
        "Delete everything up to the `@`; for Basic authentication type an Authorization header.",
      ],
    ]);
    for (const text of ["https://u:p@h/", "https://@h/", "https://a@b@h/", "u@h/path", "https://u:@h?x"]) {
      assert.deepEqual(codes(url(text)), ["E_REFUSED_USERINFO"], text);
    }
    for (const text of ["https://h/a@b", "https://h?a@b", "https://h#a@b", "/pets/@me", "h/@"]) {
      assert.deepEqual(codes(url(text)), [], text);
    }
  });

  it("refuses white space, controls and what reads as another host in the authority", () => {
    const odd = [
      "https://a b/",
      "https://a\tb/",
      "https://a\u0001b/",
      "https://a\\b/",
      "https://a%2eb/",
      "https://a`b/",
    ];
    for (const text of odd) assert.deepEqual(codes(url(text)), ["E_REFUSED_AUTHORITY"], JSON.stringify(text));
    assert.deepEqual(
      told(url("https://api.example.com\\.evil.example/")).map(([, , message]) => message),
      ["The host of the URL on line 3 holds `\\`."],
    );
    for (const text of [
      "https://[::1]:8080/",
      "https://bücher.example/",
      "http://a_b.example",
      "wss://a.example:1/x y",
    ]) {
      assert.deepEqual(codes(url(text)), [], text);
    }
  });

  it("refuses two Host, Content-Length or Transfer-Encoding headers", () => {
    const host = typed("Host", "api.example.com");
    for (const name of ["Content-Length", "Transfer-Encoding"]) {
      const headers = [host, typed(name, "1"), typed(name.toUpperCase(), "1")];
      assert.deepEqual(codes(requestWith({ headers })), ["E_REFUSED_DUPLICATE_HEADER"]);
    }
    assert.deepEqual(told(requestWith({ headers: [host, typed("hOST", "api.example.com")] })), [
      [
        "E_REFUSED_DUPLICATE_HEADER",
        "guard",
        "The request has two Host headers; servers disagree on which one counts.",
        "Keep one Host header.",
      ],
    ]);
    assert.deepEqual(codes(requestWith({ headers: [host, typed("X-A", "1"), typed("X-A", "1")] })), []);
  });

  it("refuses a Host header that is not the URL's authority", () => {
    assert.deepEqual(told(requestWith({ headers: [typed("Host", "iam.amazonaws.com", 5)] })), [
      [
        "E_REFUSED_HOST_HEADER",
        "guard",
        'The Host header on line 6 says "iam.amazonaws.com", but the URL on line 3 is for api.example.com: it would be signed for one and sent to the other.',
        "Put the host that you want to speak to into the URL; to connect elsewhere add `# @connect-to HOST[:PORT]`.",
      ],
    ]);
    for (const value of ["api.example.com:8443", "", "api.example.com.", "api.example.com "]) {
      assert.deepEqual(
        codes(requestWith({ headers: [typed("Host", value)] })),
        ["E_REFUSED_HOST_HEADER"],
        value,
      );
    }
    assert.deepEqual(codes(requestWith({ headers: [typed("Host", "API.example.com")] })), []);
    assert.deepEqual(codes(requestWith({ target: { host: "evil.example" } })), ["E_REFUSED_HOST_HEADER"]);
  });

  it("refuses a region or service that could move a host or end a part of the scope", () => {
    for (const region of [
      "evil.com#",
      "eu-west-1.evil.com",
      "",
      "-a",
      "a-",
      "a_",
      "_a",
      "a/b",
      "a:1",
      "a@b",
      "a%2e",
      "a\n",
      "a".repeat(64),
      "a b",
    ]) {
      assert.deepEqual(
        codes(requestWith(), { scope: { region, service: "s3" } }),
        ["E_REFUSED_SCOPE"],
        region,
      );
    }
    assert.deepEqual(told(requestWith(), { scope: { region: "eu-west-1", service: "s3/x" } }), [
      [
        "E_REFUSED_SCOPE",
        "guard",
        '"s3/x" cannot be a service: it is at most 63 letters, digits and inner hyphens or underscores.',
        "Write the service as its cloud does, for example execute-api.",
      ],
    ]);
    for (const name of [
      "IoTSecuredTunneling",
      "RegionOne",
      "us_east",
      "EU-WEST-1",
      "r",
      "0",
      "a".repeat(63),
    ]) {
      assert.deepEqual(codes(requestWith(), { scope: { region: name, service: name } }), [], name);
    }
  });

  it("a comment behind a region of an AWS file is named as the cause", () => {
    const [refusal] = told(requestWith(), { scope: { region: "eu-west-1 # home", service: "s3" } });
    assert.match(String(refusal), /In AWS files a comment needs a line of its own/);
  });

  it("refuses link-local and metadata addresses, behind @connect-to as well", () => {
    const at = (host: string) => ({ typed: `https://${host}/`, host, authority: host });
    assert.deepEqual(told(requestWith({ target: at("0xA9FEA9FE") })), [
      [
        "E_REFUSED_ADDRESS",
        "guard",
        "0xA9FEA9FE is a link-local or metadata address, where credentials are handed out; nothing was sent.",
        "Send to the service's own host name; metadata services cannot be called with awsreq.",
      ],
    ]);
    for (const host of [
      "169.254.169.254",
      "2852039166",
      "[fe80::1]",
      "[::ffff:169.254.169.254]",
      "instance-data",
    ]) {
      assert.deepEqual(codes(requestWith({ target: at(host) })), ["E_REFUSED_ADDRESS"], host);
      const connectTo = { value: { host, port: 80 }, source: "pets.awsreq:1" };
      assert.deepEqual(codes(requestWith({ settings: { connectTo } })), ["E_REFUSED_ADDRESS"], host);
    }
  });

  it("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        const target = { typed: a, host: b, authority: b, path: a, query: b };
        refusals(requestWith({ method: b, target, headers: [typed(a, b)] }), context);
      }),
    );
  });
});
