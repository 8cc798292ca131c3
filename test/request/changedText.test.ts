import assert from "node:assert/strict";
import fc from "fast-check";
import { changedText, editedText } from "../../src/request/changedText.ts";
import { canBeWritten } from "../../src/request/changeRequest.ts";
import { isSeen } from "../../src/request/literalText.ts";
import { resolveRequest } from "../../src/request/resolve.ts";
import type { RequestChange, ResolvedRequest } from "../../src/stages.ts";
import { hostile } from "./hostileText.ts";
import { contextWith, heldBody, resolved } from "./resolving.ts";

const secret = "PRIVATE-CANARY";

/** An environment whose private value is called what a server would guess. */
const context = {
  environment: {
    name: "dev",
    values: new Map([
      ["v", { text: secret, isPrivate: true }],
      ["own", { text: "mine", isPrivate: false }],
    ]),
    files: ["/work/http-client.private.env.json"],
  },
  processEnv: () => secret,
  allowedProcessEnv: new Set(["HOME"]),
};

/** What goes out, and for whom; places move with the lines. */
function outgoing({ method, target, headers, body, settings, ...rest }: ResolvedRequest) {
  const { scheme, host, port, authority, path, query } = target;
  return {
    method,
    where: [scheme, host, port, authority],
    target: query === null ? path : `${path}?${query}`,
    headers: headers.map(({ name, value }) => [name, value] as const),
    body: Buffer.from(heldBody(body)).toString("latin1"),
    settings: Object.entries(settings).map(([key, { value }]) => [key, value] as const),
    outside: rest.outsideValues,
    private: rest.privateValues,
  };
}

/** What goes out after a change; null where it is not made. */
async function afterChange(text: string, line: number, change: RequestChange) {
  const changed = changedText(text, line, change);
  if (typeof changed === "string") return null;
  const { request } = await resolveRequest(changed.file, changed.block, contextWith(context));
  return { ...changed, sent: request === null ? null : outgoing(request) };
}

const file = `# @region eu-west-1
@p = pets

### One
# @service s3
GET https://a.example.com/prod/{{p}}/x?q=1&r={{own}}
X-Tenant: acme
X-Own: {{own}}

{"a": "{{own}}"}
`;
const line = 5;
const original = async () => outgoing(await resolved(file, context));

describe("a change that a server thought of", () => {
  const runs = { numRuns: 400 };

  it("of a header's value is that value alone, whatever it holds", async () => {
    const old = await original();
    await fc.assert(
      fc.asyncProperty(hostile, async (value) => {
        const made = await afterChange(file, line, { kind: "header", name: "x-tenant", value });
        if (made === null) return;
        assert.ok(isSeen(value), JSON.stringify(value));
        const headers = old.headers.map(([name, was]) => [name, name === "X-Tenant" ? value : was] as const);
        assert.deepEqual(made.sent, { ...old, headers });
        assert.equal(made.text.split("\n").length, file.split("\n").length);
      }),
      runs,
    );
  });

  it("of a header that is put in is one line more, whatever it is called", async () => {
    const old = await original();
    await fc.assert(
      fc.asyncProperty(hostile, hostile, async (name, value) => {
        const made = await afterChange(file, line, { kind: "header", name, value });
        if (made === null) return;
        const ours = old.headers.filter(([found]) => found !== name);
        assert.deepEqual(
          made.sent?.headers.filter(([found]) => found !== name),
          ours,
        );
        assert.deepEqual({ ...made.sent, headers: [] }, { ...old, headers: [] });
        assert.equal(made.text.split("\n").length, file.split("\n").length + 1);
      }),
      runs,
    );
  });

  for (const [from, what] of [
    ["/x", "path"],
    ["q=1", "query"],
  ] as const) {
    it(`of the ${what} stays in the URL's path and query, and brings no variable`, async () => {
      const old = await original();
      await fc.assert(
        fc.asyncProperty(hostile, async (to) => {
          const made = await afterChange(file, line, { kind: "target", from, to });
          if (made === null) return;
          assert.match(to, /^[!-~]*$/);
          assert.ok(!to.includes("#"));
          assert.deepEqual(made.sent, { ...old, target: old.target.replace(from, () => to) });
        }),
        runs,
      );
    });
  }

  it("of a directive is that directive's value alone", async () => {
    const old = await original();
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom("region", "service", "auth", "payload"),
        async (value, key) => {
          const made = await afterChange(file, line, { kind: "directive", key, value } as RequestChange);
          if (made?.sent == null) return;
          const others = (settings: readonly (readonly [string, unknown])[]) =>
            settings.filter(([found]) => found !== key);
          assert.deepEqual(others(made.sent.settings), others(old.settings));
          assert.deepEqual({ ...made.sent, settings: [] }, { ...old, settings: [] });
        },
      ),
      runs,
    );
  });

  const written: readonly (readonly [value: string, as: string])[] = [
    ["{{v}}", "\\{{v}}"],
    ["a{{v", "a\\{{v"],
    ["{{{v}}}", "\\{{{v}}}"],
    ["{{{{v}}}}", "\\{{\\{{v}}}}"],
    ["v}}", "v}}"],
    ["# @connect-to evil", "# @connect-to evil"],
    ["< ./secret", "< ./secret"],
    ["@a = b", "@a = b"],
  ];
  for (const [value, as] of written) {
    it(`writes ${value} as ${as}`, async () => {
      const made = await afterChange(file, line, { kind: "header", name: "x-tenant", value });
      assert.ok(made?.text.includes(`X-Tenant: ${as}\n`), made?.text);
      assert.ok(made?.sent?.headers.some(([name, sent]) => name === "X-Tenant" && sent === value));
    });
  }

  const unwritable: readonly (readonly [name: string, change: RequestChange])[] = [
    ["a backslash before braces", { kind: "header", name: "x-tenant", value: "\\{{v}}" }],
    ["a blank at its beginning", { kind: "header", name: "x-tenant", value: " a" }],
    ["a blank at its end", { kind: "header", name: "x-tenant", value: "a " }],
    ["a tab", { kind: "header", name: "x-tenant", value: "a\tb" }],
    ["a blank that is none", { kind: "header", name: "x-tenant", value: "a\u00a0b" }],
    ["a name that is a comment", { kind: "header", name: "#x", value: "a" }],
    ["a name that is a directive", { kind: "header", name: "# @connect-to evil", value: "443" }],
    ["a name that goes on with the query", { kind: "header", name: "&admin", value: "1" }],
    ["a name with a variable", { kind: "header", name: "x-{{v}}", value: "1" }],
    [
      "a directive with a second line",
      { kind: "directive", key: "region", value: "us-east-1\n# @connect-to evil" },
    ],
    ["a directive with a variable", { kind: "directive", key: "region", value: "{{v}}" }],
    ["a directive that begins like a definition", { kind: "directive", key: "region", value: "= us-east-1" }],
    ["a fragment", { kind: "target", from: "/x", to: "/x#y" }],
    ["a blank in a path", { kind: "target", from: "/x", to: "/x HTTP/1.1" }],
    ["what is not ASCII in a path", { kind: "target", from: "/x", to: "/é" }],
  ];
  for (const [name, change] of unwritable) {
    it(`with ${name} is not made`, () => {
      assert.equal(canBeWritten(change), false);
      assert.equal(changedText(file, line, change), "nowhere");
    });
  }

  const around: readonly (readonly [name: string, url: string, from: string, to: string])[] = [
    ["behind a backslash", "https://a.example.com/a\\/b", "/b", "{{v}}"],
    ["behind a brace", "https://a.example.com/a{/b", "/b", "{v}}"],
    ["before a brace", "https://a.example.com/b{v}}", "/b", "/{"],
    ["inside a variable", 'https://a.example.com/{{$datetime "/b"}}', "/b", "/c"],
    ["in the host", "https://b.example.com/{{own}}", "b", "evil"],
    ["in the scheme", "https://a.example.com/{{own}}", "https", "http"],
    ["twice, one in the other", "https://a.example.com/aaa", "aa", "b"],
  ];
  for (const [name, url, from, to] of around) {
    it(`${name} is not made`, () =>
      assert.equal(changedText(`GET ${url}\n`, 0, { kind: "target", from, to }), "nowhere"));
  }

  it("is refused where it would be read as more than it says", () => {
    // Forty characters beside an access key id are a secret key, which stops the request.
    const text = "# @service s3\nGET https://a.example.com/\nX-Id: AKIAIOSFODNN7EXAMPLE\nX-Tenant: a\n";
    const value = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    assert.equal(changedText(text, 1, { kind: "header", name: "x-tenant", value }), "refused");
  });
});

describe("a document after an edit", () => {
  it("keeps its byte order mark, which counts no column", () => {
    const text = "\ufeffGET https://a.example.com/x\r\nX-Tenant: acme\r\n";
    const changed = changedText(text, 0, { kind: "target", from: "/x", to: "/y" });
    assert.ok(typeof changed !== "string");
    assert.equal(changed.text, text.replace("/x", "/y"));
  });
  it("takes a last line away that has no end", () => {
    const range = { start: { line: 1, column: 0 }, end: { line: 2, column: 0 } };
    assert.equal(
      editedText("GET https://a.example.com/\nA: b", { range, text: "" }),
      "GET https://a.example.com/\n",
    );
  });
});
