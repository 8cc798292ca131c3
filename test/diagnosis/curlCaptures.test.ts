import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { diagnose } from "../../src/diagnosis/diagnose.ts";
import { readCapture, readCapturedRequests } from "../../src/diagnosis/reading/readCapture.ts";

const signature =
  "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260102/eu-west-1/execute-api/aws4_request, SignedHeaders=host;x-amz-date, Signature=00";
const host = "a1b2.execute-api.eu-west-1.amazonaws.com";
const sent = (method: string, target: string, ...more: string[]) => [
  `> ${method} ${target} HTTP/1.1`,
  `> Host: ${target.startsWith("/") ? host : target}`,
  ...more.map((line) => `> ${line}`),
  "> ",
];
const got = (status: string, ...more: string[]) => [
  `< HTTP/1.1 ${status}`,
  ...more.map((line) => `< ${line}`),
  "< ",
];
const denied = '{"message":"Missing Authentication Token"}';
const lastAnswer = [...got("403 Forbidden", "x-amzn-errortype: MissingAuthenticationTokenException"), denied];

/** Method, path, whether it was signed, and status, of the capture's only request and answer. */
function read(lines: readonly string[]) {
  const text = lines.join("\n");
  const [input] = readCapture(text);
  const [request] = readCapturedRequests(text);
  assert.ok(input);
  assert.deepEqual(
    [request?.method ?? null, request?.path ?? null],
    [input.request.method, input.request.path],
  );
  return [input.request.method, input.request.path, input.request.signed, input.status];
}

describe("curl -v with several requests", () => {
  const signed = sent("GET", "/prod/pets", `Authorization: ${signature}`);
  const rows: readonly (readonly [name: string, lines: readonly string[]])[] = [
    ["through a proxy", [...sent("CONNECT", `${host}:443`), ...got("200 Connection established"), ...signed]],
    ["after a redirect", [...sent("GET", "/old"), ...got("302 Found", "location: /prod/pets"), ...signed]],
    ["after a 401", [...sent("GET", "/prod/pets"), ...got("401 Unauthorized"), "some body", ...signed]],
    ["after 100 Continue", [...signed, ...got("100 Continue")]],
    [
      "through a proxy, after a redirect",
      [
        ...sent("CONNECT", `${host}:443`),
        ...got("200 OK"),
        ...sent("POST", "/old", "Content-Length: 2"),
        ...got("307 Temporary Redirect"),
        ...sent("CONNECT", `${host}:443`),
        ...got("200 OK"),
        ...signed,
      ],
    ],
  ];
  for (const [name, lines] of rows) {
    it(`${name}: the request that got the last answer is read`, () => {
      assert.deepEqual(read([...lines, ...lastAnswer]), ["GET", "/prod/pets", true, 403]);
    });
  }

  it("one that got no answer any more does not count", () => {
    assert.deepEqual(read([...signed, ...lastAnswer, ...sent("GET", "/never")]).slice(0, 2), [
      "GET",
      "/prod/pets",
    ]);
  });

  it("what a proxy answers to CONNECT is not read as AWS's", () => {
    const lines = [...sent("CONNECT", `${host}:443`), ...got("403 Forbidden"), '{"message":"Forbidden"}'];
    const [input] = readCapture(lines.join("\n"));
    assert.ok(input);
    assert.deepEqual(diagnose(input), []);
    assert.deepEqual(readCapturedRequests(lines.join("\n")), [null]);
  });
});

describe("curl -i with several answers", () => {
  const answer = [
    "HTTP/1.1 403 Forbidden",
    "x-amzn-errortype: MissingAuthenticationTokenException",
    "",
    denied,
  ];
  for (const before of [
    ["HTTP/1.1 200 Connection established", ""],
    ["HTTP/1.0 200 Connection established", "via: x", "", "HTTP/1.1 100 Continue", ""],
    ["HTTP/2 302", "location: /x", ""],
    ["HTTP/1.1 401 Unauthorized", "www-authenticate: Digest", ""],
  ]) {
    it(`${before[0]} goes before`, () => {
      for (const end of ["\n", "\r\n"]) {
        const [input] = readCapture([...before, ...answer].join(end));
        assert.deepEqual([input?.status, input?.body], [403, denied]);
        assert.deepEqual(input?.headers, [["x-amzn-errortype", "MissingAuthenticationTokenException"]]);
      }
    });
  }
});

/** Arguments of curl, each as a shell would give them, and what it sends; null where that is in a file. */
const commands: readonly (readonly [
  args: readonly string[],
  method: string,
  query: string | null,
  type: string | null,
  body: string | null,
])[] = [
  [["-d", "a=1", "--data-raw", "b=2", "-d", "c=3"], "POST", null, "form", "a=1&b=2&c=3"],
  [["--data-binary", "b", "-d", "a", "--data-ascii", "c"], "POST", null, "form", "b&a&c"],
  [["-d", "x\ny"], "POST", null, "form", "x\ny"],
  [["-d", ""], "POST", null, "form", ""],
  [["--data-raw", "@a"], "POST", null, "form", "@a"],
  [["--data-urlencode", "a=b c&d+ü~"], "POST", null, "form", "a=b+c%26d%2B%C3%BC~"],
  [["--data-urlencode", "=b c"], "POST", null, "form", "b+c"],
  [["--data-urlencode", "b c"], "POST", null, "form", "b+c"],
  [["--data-urlencode", "b=c=d"], "POST", null, "form", "b=c%3Dd"],
  [["-G", "-d", "a=1", "--data-urlencode", "b=c d"], "GET", "a=1&b=c+d", null, ""],
  [["-G", "-I", "-d", "a=1"], "HEAD", "a=1", null, ""],
  [["-X", "PUT", "-d", "a"], "PUT", null, "form", "a"],
  [["--json", '{"a":', "--json", "1}"], "POST", null, "application/json", '{"a":1}'],
  [["--url-query", "q=a b"], "GET", "q=a+b", null, ""],
  [["-H", "Content-Type:", "-d", "a"], "POST", null, null, "a"],
  [["-H", "content-type: text/plain", "-d", "a"], "POST", null, "text/plain", "a"],
  [["-F", "a=1"], "POST", null, "multipart/form-data", null],
  [["-T", __filename], "PUT", null, null, null],
  [["-e", "http://referer.example/", "-r", "0-1"], "GET", null, null, ""],
];

const typeIn = (type: string | null) => (type === "form" ? "application/x-www-form-urlencoded" : type);
const quoted = (args: readonly string[]) => args.map((arg) => `'${arg}'`).join(" ");

describe("a curl command", () => {
  for (const [args, method, query, type, body] of commands) {
    it(JSON.stringify(args), () => {
      const [request] = readCapturedRequests(`curl ${quoted(args)} https://${host}/p`);
      const read = request?.headers.find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? null;
      assert.deepEqual(
        [request?.method, request?.path, request?.query, read, request?.body],
        [method, "/p", query, typeIn(type), body],
      );
    });
  }

  it("what stands in a file is not known, and is not taken for nothing", () => {
    for (const data of [
      "-d @a.json",
      "--data-binary @a",
      "--data-urlencode n@a",
      "-d x=1 -d @a",
      "--json @a",
    ])
      assert.equal(readCapturedRequests(`curl ${data} https://${host}/p`)[0]?.body, null, data);
  });

  it("a file that is uploaded gives its name to a URL that ends in a slash", () => {
    const path = (rest: string) => readCapturedRequests(`curl ${rest}`)[0]?.path;
    assert.equal(path(`-T 'dir/a b.txt' https://${host}/up/`), "/up/a%20b.txt");
    assert.equal(path(`-T a https://${host}`), "/a");
    assert.equal(path(`-T a https://${host}/up`), "/up");
    assert.equal(path(`-T - https://${host}/up/`), "/up/");
  });

  it("characters that a browser's copy escapes are read", () => {
    const [request] = readCapturedRequests(
      `curl 'https://${host}/p' --data-raw $'{"a":"it\\u0027s\\x21\\n"}'`,
    );
    assert.equal(request?.body, `{"a":"it's!\n"}`);
  });

  // Older ones have not all of these options.
  const help = spawnSync("curl", ["--help", "all"], { timeout: 5000, encoding: "utf8" }).stdout ?? "";
  (help.includes("--url-query") ? it : it.skip)("is read as curl itself sends it", async () => {
    const arrived: unknown[] = [];
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        const [path, query] = (request.url ?? "").split("?");
        const type = request.headers["content-type"]?.split(";")[0] ?? null;
        arrived.push([request.method, path, query ?? null, type, Buffer.concat(pieces).toString()]);
        response.end();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/p`;
    try {
      for (const [args] of commands)
        await once(execFile("curl", ["-s", "-q", "--noproxy", "*", "-m", "5", ...args, url]), "close");
    } finally {
      server.close();
    }
    const expected = commands.map(([, method, query, type, body], at) => {
      const [, , , , sentBody] = arrived[at] as readonly unknown[];
      return [method, "/p", query, typeIn(type), body ?? sentBody];
    });
    assert.deepEqual(arrived, expected);
  });
});
