import assert from "node:assert/strict";
import { closeServers } from "../transport/servers.ts";
import { type WireServer, wireServer } from "./wireServer.ts";
import { createWorld, type World } from "./world.ts";

/** What is written below `# @auth none`, what of it goes over the wire, and the codes of what is said about it. */
interface Row {
  readonly text: string;
  readonly line?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
  readonly codes?: readonly string[];
}

const basic = (pair: string): string => `Authorization: Basic ${Buffer.from(pair).toString("base64")}`;

const methods: readonly Row[] = [
  ...["get", "Post", "pUT", "patch", "head", "delete", "Options", "query"].map((method) => ({
    text: `${method} http://HOST/a`,
    line: `${method.toUpperCase()} /a HTTP/1.1`,
    codes: ["H_METHOD_CASE"],
  })),
  { text: "GET http://HOST/a", line: "GET /a HTTP/1.1" },
  { text: "propfind http://HOST/a", line: "propfind /a HTTP/1.1" },
];

const targets: readonly Row[] = [
  {
    text: 'GET http://HOST/a?filter={"c":2}&p=a|b&h=<a>&x=^`\\',
    line: "GET /a?filter=%7B%22c%22:2%7D&p=a%7Cb&h=%3Ca%3E&x=%5E%60%5C HTTP/1.1",
    codes: ["H_URL_CHARACTER"],
  },
  {
    text: 'GET http://HOST/books/{id}?q="a"&lt=1<2',
    line: "GET /books/%7Bid%7D?q=%22a%22&lt=1%3C2 HTTP/1.1",
    codes: ["H_URL_PLACEHOLDER", "H_URL_CHARACTER"],
  },
  {
    text: `GET http://HOST/books/:id/$${"{part}"}?a[]=:x&b=[1]`,
    line: "GET /books/:id/$%7Bpart%7D?a[]=:x&b=[1] HTTP/1.1",
    codes: ["H_URL_PLACEHOLDER", "H_URL_PLACEHOLDER", "H_URL_CHARACTER"],
  },
  { text: "GET http://HOST/a:b/c:action?x=:id", line: "GET /a:b/c:action?x=:id HTTP/1.1" },
  {
    text: "@v = {x}|y z\nGET http://HOST/{{v}}/{{%v}}",
    line: "GET /%7Bx%7D%7Cy%20z/%7Bx%7D%7Cy%20z HTTP/1.1",
    codes: ["H_URL_CHARACTER"],
  },
  { text: "GET http://HOST/a%7B%22", line: "GET /a%7B%22 HTTP/1.1" },
  { text: "GET HOST/pets", line: "GET /pets HTTP/1.1", codes: ["H_URL_SCHEME"] },
  { text: "HOST/pets", line: "GET /pets HTTP/1.1", codes: ["H_URL_SCHEME"] },
  { text: "GET HOST?a=b", line: "GET /?a=b HTTP/1.1", codes: ["H_URL_SCHEME"] },
  { text: "@h = HOST\nGET {{h}}/pets", line: "GET /pets HTTP/1.1", codes: ["H_URL_SCHEME"] },
];

const continued: readonly Row[] = [
  { text: "GET http://HOST\n    /api\n    /x\n    ?id=1\n    &b=2", line: "GET /api/x?id=1&b=2 HTTP/1.1" },
  {
    text: "GET http://HOST/authorize?response_type=code&\n    redirect_uri=http://127.0.0.1/cb\nA: b",
    line: "GET /authorize?response_type=code&redirect_uri=http://127.0.0.1/cb HTTP/1.1",
    headers: ["A: b"],
  },
  { text: "GET http://HOST/a?ids=1,\n\t2,\n\t3 HTTP/1.1", line: "GET /a?ids=1,2,3 HTTP/1.1" },
  {
    text: "GET http://HOST\n  /a\n  // a comment\n  # another\n  /b\n  ?c\nA: b",
    line: "GET /a/b?c HTTP/1.1",
    headers: ["A: b"],
  },
  {
    text: "GET http://HOST/a?b=\n  A: b",
    line: "GET /a?b= HTTP/1.1",
    headers: ["A: b"],
    codes: ["H_LINE_INDENTED"],
  },
];

const headers: readonly Row[] = [
  {
    text: 'POST http://HOST/indexes\n  Content-Type: application/json\n  Authorization: Bearer abc\n\n{"name":"demo"}',
    headers: ["Content-Type: application/json", "Authorization: Bearer abc"],
    body: '{"name":"demo"}',
    codes: ["H_LINE_INDENTED", "H_LINE_INDENTED"],
  },
  {
    text: "GET http://HOST/indexes\nAccept : application/json\nX-A\t:b\n  X-C : d",
    headers: ["Accept: application/json", "X-A: b", "X-C: d"],
    codes: ["H_HEADER_BLANK", "H_HEADER_BLANK", "H_LINE_INDENTED", "H_HEADER_BLANK"],
  },
  {
    text: "@me = Authorization: Bearer abc\nGET http://HOST/books\n{{me}}",
    headers: ["Authorization: Bearer abc"],
  },
  {
    text: "@v = 1:2\n@me = X-Time :{{v}}\nGET http://HOST/books\n  {{ me }} \nA: b",
    headers: ["X-Time: 1:2", "A: b"],
    codes: ["H_LINE_INDENTED"],
  },
];

const authorizations: readonly Row[] = [
  ["Basic user passwd", "user:passwd"],
  ["basic user passwd", "user:passwd"],
  ["Basic a b c", "a:b c"],
  ["Basic user:passwd", "user:passwd"],
  ["Basic alice:", "alice:"],
  ["Basic user:pass:word", "user:pass:word"],
  ["Basic jörg  pä\u00dfword", "jörg:pä\u00dfword"],
  ["Basic {{user}} {{password}}", "alice:won der"],
  ["Basic {{user}}:{{password}}", "alice:won der"],
  ["Basic {{pair}}", "x:y z"],
].map(([written, pair = ""]) => ({
  text: `@user = alice\n@password = won der\n@pair = x:y z\nGET http://HOST/me\nAuthorization: ${written}`,
  headers: [written?.startsWith("b") ? basic(pair).replace("Basic", "basic") : basic(pair)],
  codes: ["H_AUTHORIZATION_BASIC"],
}));

const untouched: readonly Row[] = [
  ["Basic YWxpY2U6d29uZGVy", []],
  ["Basic OnBhc3M=", []],
  ["Bearer a b", []],
  ["Basic token", ["W_AUTHORIZATION_BASIC"]],
  ['Digest username="a", realm="b"', []],
  ["NTLM TlRMTVNTUAABAAAA", []],
].map(([written, codes]) => ({
  text: `GET http://HOST/me\nAuthorization: ${String(written)}`,
  headers: [`Authorization: ${String(written)}`],
  codes: codes as readonly string[],
}));

describe("what stands in a request's head, on the wire", () => {
  let world: World;
  let server: WireServer;
  before(async () => {
    world = await createWorld({});
    server = await wireServer();
  });
  after(() => Promise.all([world.remove(), closeServers()]));

  for (const row of [...methods, ...targets, ...continued, ...headers, ...authorizations, ...untouched]) {
    it(`sends ${JSON.stringify(row.text)}`, async () => {
      const text = row.text.replaceAll("HOST", `127.0.0.1:${server.port}`);
      const trip = await world.trip(`# @auth none\n${text}`);
      assert.equal(trip.error, null);
      const sent = server.taken();
      if (row.line !== undefined) assert.equal(sent.line, row.line);
      assert.deepEqual(sent.headers, row.headers ?? []);
      assert.equal(sent.body, row.body ?? "");
      assert.deepEqual(
        trip.problems.map(({ code }) => code),
        row.codes ?? [],
      );
    });
  }

  it("says at its place what could not be read, and nothing of it in a comment", async () => {
    const text = `# Jos\ufffd\n# @auth none\nPOST http://127.0.0.1:${server.port}/\n\n{\n"name":"`;
    const { problems, error } = await world.trip(`${text}Jos\ufffd"}`);
    assert.deepEqual(problems[0]?.range.start, { line: 5, column: 11 });
    assert.match(error?.message ?? "", /^a\.awsreq:6:12: The body holds U\+FFFD/);
    assert.equal((await world.trip(`${text}"}`)).error, null);
    assert.equal(server.taken().body, '{\n"name":""}');
  });

  const refused: readonly (readonly [text: string, code: string])[] = [
    ["GET http://HOST/\nA: b\n  folded", "E_LINE_INDENTED"],
    ["GET http://HOST/\n  word", "E_LINE_INDENTED"],
    ["@me = Bearer abc\nGET http://HOST/\n{{me}}", "E_HEADER_COLON"],
    ["@me =\nGET http://HOST/\n{{me}}", "E_HEADER_COLON"],
    ["@me = a b: c\nGET http://HOST/\n{{me}}", "E_HEADER_COLON"],
    ["GET http://HOST/\nAuthorization: Digest user canary-password", "E_AUTHORIZATION_LATER"],
    ["GET http://HOST/\nAuthorization: openid client_credentials canary", "E_AUTHORIZATION_LATER"],
    ["GET http://HOST/\nAuthorization: oauth2 password canary", "E_AUTHORIZATION_LATER"],
    ["@a = Authorization: Digest user canary\nGET http://HOST/\n{{a}}", "E_AUTHORIZATION_LATER"],
    ["@a =\nGET http://HOST/\nAuthorization: Basic {{a}}:{{a}}", "E_AUTH_EMPTY"],
    ["GET word", "E_URL_SCHEME"],
    ["GET http://HOST/\ufffd", "E_FILE_ENCODING"],
    ["GET http://HOST/\nA: \ufffd", "E_FILE_ENCODING"],
    ["@v = Jos\ufffd\nGET http://HOST/{{v}}", "E_FILE_ENCODING"],
    ['POST http://HOST/\n\n{\n"name":"Jos\ufffd"}', "E_FILE_ENCODING"],
    ["GET user:canary@HOST/x", "E_URL_SCHEME"],
  ];
  for (const [text, code] of refused) {
    it(`does not send ${JSON.stringify(text)}`, async () => {
      const trip = await world.trip(`# @auth none\n${text.replaceAll("HOST", `127.0.0.1:${server.port}`)}`);
      assert.equal(trip.error?.code, code);
      assert.doesNotMatch(JSON.stringify([trip.error, trip.problems]), /canary/);
      assert.throws(() => server.taken());
    });
  }
});
