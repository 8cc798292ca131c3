import assert from "node:assert/strict";
import { parseRequestFile } from "../../src/request/parse.ts";
import { resolveRequest } from "../../src/request/resolve.ts";
import { contextWith, headerLines, problemsOf, resolved, resolveText } from "./resolving.ts";

const defaults = ["User-Agent: awsreq/1.2.3", "Accept: */*", "Accept-Encoding: gzip, deflate, br"];

describe("resolveRequest", () => {
  it("makes a whole request", async () => {
    const text = `# @profile dev
@api = https://a.example/prod
### Add a pet
# @name add-pet
POST {{api}}/pets
  ?dry=true
Content-Type: application/json

{"name": "{{name}}"}
`;
    assert.deepEqual(await resolveText(text, { variables: new Map([["name", "Rex é"]]) }), {
      request: {
        name: "add-pet",
        title: "Add a pet",
        line: 4,
        method: "POST",
        target: {
          typed: "https://a.example/prod/pets?dry=true",
          scheme: "https:",
          host: "a.example",
          port: 443,
          authority: "a.example",
          path: "/prod/pets",
          query: "dry=true",
        },
        headers: [
          { name: "Host", value: "a.example", origin: "default" },
          {
            name: "Content-Type",
            value: "application/json",
            origin: "typed",
            range: { start: { line: 6, column: 0 }, end: { line: 6, column: 30 } },
          },
          { name: "User-Agent", value: "awsreq/1.2.3", origin: "default" },
          { name: "Accept", value: "*/*", origin: "default" },
          { name: "Accept-Encoding", value: "gzip, deflate, br", origin: "default" },
          { name: "Content-Length", value: "18", origin: "default" },
          { name: "Connection", value: "close", origin: "default" },
        ],
        body: new Uint8Array(Buffer.from('{"name": "Rex é"}')),
        settings: { profile: { value: "dev", source: "pets.awsreq:1" } },
        outsideValues: [],
        privateValues: [],
      },
      problems: [],
      environment: null,
      privateValues: [],
    });
  });

  it("names the environment that was used", async () => {
    const environment = { name: "dev", values: new Map(), files: [] };
    assert.equal((await resolveText("GET https://a.example", { environment })).environment, "dev");
    assert.equal((await resolveText("GET {{x}}", { environment })).environment, "dev");
  });

  it("fault 88: sends standard methods in capitals, others as written", async () => {
    for (const method of ["get", "Delete", "query", "PATCH"]) {
      assert.equal((await resolved(`${method} https://a.example\n\nbody`)).method, method.toUpperCase());
    }
    for (const method of ["M-SEARCH", "propfind", "Purge", "Connect"]) {
      assert.equal((await resolved(`${method} https://a.example\n\nbody`)).method, method);
    }
  });

  it("is not stopped by errors of other requests, but by those of its own and of the preamble", async () => {
    const file = parseRequestFile("### a\nGET {{\n### b\n# @nope\nGET https://b.example");
    const [first, second] = file.requests;
    assert.ok(first !== undefined && second !== undefined);
    const one = await resolveRequest(file, first, contextWith());
    assert.deepEqual([one.request, one.problems], [null, file.problems.slice(0, 1)]);
    const other = await resolveRequest(file, second, contextWith());
    assert.equal(other.request?.target.host, "b.example");
    assert.equal(other.problems[0], file.problems[1]);
    assert.deepEqual(await problemsOf("@bad name = 1\n###\nGET https://a.example"), [
      ["E_VARIABLE_FORM", "@bad name = 1"],
    ]);
  });

  it("asks whether it will be signed with everything that decides it", async () => {
    const text = "# @service lambda\nGET https://a.example/?a+b\nAuthorization: x";
    const drafts: unknown[] = [];
    const request = await resolved(text, {
      willSign: ({ headers, target, settings }) => {
        drafts.push([headers.map(({ name }) => name), target.query, settings.service?.value]);
        return true;
      },
    });
    assert.deepEqual(drafts, [
      [["Host", "Authorization", "User-Agent", "Accept", "Accept-Encoding", "Connection"], "a+b", "lambda"],
    ]);
    assert.equal(request.target.query, "a%20b");
  });
});

describe("headers as sent", () => {
  const rows: readonly (readonly [what: string, text: string, lines: readonly string[]])[] = [
    ["Host first, then ours", "GET https://A.example:8443/x", ["Host: a.example:8443", ...defaults]],
    [
      "typed ones in order, with duplicates and case",
      "GET https://a.example\nX-B: 1\nx-a:   2 \nX-B: 3\nX-Empty:",
      ["Host: a.example", "X-B: 1", "x-a: 2", "X-B: 3", "X-Empty: ", ...defaults],
    ],
    [
      "Host where it was typed, in its canonical form",
      "GET https://a.example\nX: 1\nhost: A.EXAMPLE:443",
      ["X: 1", "host: a.example", ...defaults],
    ],
    ["Host of a path", "GET /x\nHost: localhost:3000", ["Host: localhost:3000", ...defaults]],
    [
      "typed ones instead of ours",
      "GET https://a.example\nuser-agent: me\nACCEPT: text/html",
      ["Host: a.example", "user-agent: me", "ACCEPT: text/html", "Accept-Encoding: gzip, deflate, br"],
    ],
    [
      "none of ours that was typed empty",
      "GET https://a.example\nUser-Agent:\nAccept: \nAccept-Encoding:",
      ["Host: a.example"],
    ],
    [
      "a length of 0 for an empty POST",
      "post https://a.example",
      ["Host: a.example", ...defaults, "Content-Length: 0"],
    ],
    [
      "the length in bytes",
      "GET https://a.example\n\né",
      ["Host: a.example", ...defaults, "Content-Length: 2"],
    ],
    [
      "a typed length where it was typed",
      "POST https://a.example\nContent-Length: 1\nX: 1\n\na",
      ["Host: a.example", "Content-Length: 1", "X: 1", ...defaults],
    ],
    ["no length for a DELETE without a body", "DELETE https://a.example", ["Host: a.example", ...defaults]],
    [
      "non-ASCII values",
      "GET https://a.example\nX: Zürich\u202e",
      ["Host: a.example", "X: Zürich\u202e", ...defaults],
    ],
  ];
  for (const [what, text, lines] of rows) {
    it(`are ${what}`, async () => {
      assert.deepEqual(headerLines(await resolved(text)), [...lines, "Connection: close"]);
    });
  }

  it("keep a typed Connection", async () => {
    const lines = headerLines(await resolved("GET https://a.example\nconnection: keep-alive"));
    assert.deepEqual(lines, ["Host: a.example", "connection: keep-alive", ...defaults]);
  });

  it("may have names of variables", async () => {
    const request = await resolved("@h = X-One\nGET https://a.example\n{{h}}: 1");
    assert.deepEqual(headerLines(request).slice(1, 2), ["X-One: 1"]);
    assert.deepEqual(await problemsOf("@h = X One\nGET https://a.example\n{{h}}: 1"), [
      ["E_HEADER_NAME", "{{h}}"],
    ]);
  });

  const faults: readonly (readonly [
    what: string,
    text: string,
    problems: readonly (readonly [string, string])[],
  ])[] = [
    [
      "another host",
      "GET https://a.example\nHost: iam.amazonaws.com",
      [["E_HOST_MISMATCH", "Host: iam.amazonaws.com"]],
    ],
    [
      "another port",
      "GET https://a.example\nHost: a.example:80",
      [["E_HOST_MISMATCH", "Host: a.example:80"]],
    ],
    ["a missing port", "GET https://a.example:80\nHost: a.example", [["E_HOST_MISMATCH", "Host: a.example"]]],
    ["an empty Host", "GET https://a.example\nHost:", [["E_HOST_MISMATCH", "Host:"]]],
    [
      "two Hosts",
      "GET https://a.example\nHost: a.example\nhost: a.example",
      [["E_HEADER_TWICE", "host: a.example"]],
    ],
    [
      "two lengths",
      "POST https://a.example\nContent-Length: 1\ncontent-length: 1\n\na",
      [["E_HEADER_TWICE", "content-length: 1"]],
    ],
    [
      "a wrong length",
      "POST https://a.example\nContent-Length: 2\n\na",
      [["E_CONTENT_LENGTH", "Content-Length: 2"]],
    ],
    [
      "a length of words",
      "POST https://a.example\nContent-Length: +1\n\na",
      [["E_CONTENT_LENGTH", "Content-Length: +1"]],
    ],
    [
      "Transfer-Encoding",
      "POST https://a.example\nTransfer-Encoding: chunked",
      [["E_TRANSFER_ENCODING", "Transfer-Encoding: chunked"]],
    ],
    [
      "keys that a variable brings",
      "@a = AWS AKID secret\nGET https://a.example\nAuthorization: {{a}}",
      [["E_AUTHORIZATION_KEYS", "{{a}}"]],
    ],
    [
      "a form of body that a variable asks for",
      "@t = GraphQL\nPOST https://a.example\nX-Request-Type: {{t}}\n\nquery",
      [["E_BODY_LATER", "{{t}}"]],
    ],
  ];
  for (const [what, text, problems] of faults) {
    it(`fault 106: refuse ${what}`, async () => {
      assert.deepEqual(await problemsOf(text), problems);
    });
  }

  it("refuse control characters that a variable brings, but for tabs", async () => {
    const withValue = (value: string): ReturnType<typeof resolveText> =>
      resolveText("GET https://a.example\nA: {{v}}", { variables: new Map([["v", value]]) });
    for (const value of ["a\r\nB: c", "\0", "\u0007", "\u007f", "a\n"]) {
      const { request, problems } = await withValue(value);
      assert.deepEqual([request, problems.map(({ code }) => code)], [null, ["E_CONTROL_CHARACTER"]]);
    }
    assert.notEqual((await withValue("a\tb")).request, null);
    assert.deepEqual(
      (await withValue("\ud800")).problems.map(({ code }) => code),
      ["E_LONE_SURROGATE"],
    );
  });
});
