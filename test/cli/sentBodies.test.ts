import assert from "node:assert/strict";
import { type BodyServer, startBodyServer } from "./bodyServer.ts";
import { createMachine, type Machine } from "./cliProcess.ts";
import { documentOf } from "./outputSchema.ts";

const form = "Content-Type: application/x-www-form-urlencoded";
const json = "Content-Type: application/json";
const multipart = "Content-Type: multipart/form-data; boundary=X";

/** What a request is, the headers and body in its file, and the body on the wire. */
const rows: readonly (readonly [what: string, headers: string, body: string, sent: string])[] = [
  [
    "a form's value over lines",
    form,
    "Action=Publish\n&Message=Hello team,\n\nthe build is = red.\n&TopicArn=arn:x\n",
    "Action=Publish&Message=Hello%20team,%0A%0Athe%20build%20is%20=%20red.&TopicArn=arn:x",
  ],
  [
    "a form's JSON value",
    form,
    'Action=CreatePolicy\n&PolicyDocument={\n  "Version": "2012-10-17",\n  "Statement": []\n}\n&Version=2010-05-08\n',
    'Action=CreatePolicy&PolicyDocument={%0A%20%20"Version":%20"2012-10-17",%0A%20%20"Statement":%20[]%0A}&Version=2010-05-08',
  ],
  ["a form's value over lines, CRLF", form, "a=1\r\ntwo\r\n&b=2\r\n", "a=1%0Atwo&b=2"],
  ["a form with & at the ends of lines", form, "a = 1 &\nb = 2 &\nc=x=y\n", "a=1&b=2&c=x=y"],
  ["a form on one line", form, "a=1&b = 2&&c", "a=1&b=2&&c"],
  ["a form's comment lines", form, "# first\na=1\n# &b=2\n&c=3\n  // &d=4\n", "a=1&c=3"],
  [
    "a form's secret in a comment",
    form,
    "grant_type=client_credentials\n&client_id=demo\n#&client_secret=not-for-this-test\n// scope too\n",
    "grant_type=client_credentials&client_id=demo",
  ],
  ["a form's comment behind &", form, "a=1&\n//b=2&\nc=3", "a=1&c=3"],
  ["a form's # inside a value", form, "T=a:\n# note\nb: 1\n&V=2", "T=a:%0A#%20note%0Ab:%201&V=2"],
  [
    "a form's variable with a line break",
    form,
    "Action=Publish\n&Message={{lines}}",
    "Action=Publish&Message=hi%0ATopicArn=arn:other",
  ],
  [
    "a form's variable with &, + and %",
    form,
    "grant_type=x\n&client_secret={{secret}}",
    "grant_type=x&client_secret=f+Mj%y%26z=",
  ],
  ["a form's variable, encoded", form, "client_secret={{%secret}}", "client_secret=f%2BMj%25y%26z%3D"],
  ["a form's variable as a name", form, "{{secret}}=1", "f+Mj%y%26z%3D=1"],
  ["a form's variable as a whole parameter", form, "a=1\n&{{pairs}}\n&d=4", "a=1&b=2&c=3%204&d=4"],
  ["a form's type from a variable", "Content-Type: {{formType}}", "a=1\n#&b=2\n&c=3", "a=1&c=3"],
  [
    "JSON with comment lines",
    json,
    '// a new pet\n{\n  # "type": "{{nowhere}}",\n  // {{ "x"\n  "url": "http://a"\n}\n',
    '{\n  "url": "http://a"\n}',
  ],
  ["JSON with a comment behind", json, '{"name":"rex"}\n\n# then look at it again\n', '{"name":"rex"}'],
  ["JSON of a vendor", "Content-Type: application/vnd.api+json; charset=utf-8", "# c\n[1]", "[1]"],
  ["JSON of AWS", "Content-Type: application/x-amz-json-1.1", "# c\n{}", "{}"],
  ["untyped JSON", "X: 1", "# c\n{\n//c\n}", "{\n}"],
  ["untyped, a list", "X: 1", "[\n//c\n1]", "[\n1]"],
  ["untyped, a variable", "X: 1", "{{word}}\n# c", "word\n# c"],
  ["plain text", "Content-Type: text/plain", "a\n# c\n// d", "a\n# c\n// d"],
  ["Markdown", "Content-Type: text/markdown", "# Title", "# Title"],
  ["nothing but comments", json, "# ----- create -----\n\n// x\n", ""],
  ["nothing but comments, untyped", "X: 1", "# ----- create -----\n", ""],
  ["blank lines above", json, '\n \n{"a":1}\n', '{"a":1}'],
  ["NDJSON", "Content-Type: application/x-ndjson", '{"index":{}}\n{"a":1}\n\n\n', '{"index":{}}\n{"a":1}\n'],
  ["NDJSON without an end", "Content-Type: application/jsonl", '{"a":1}', '{"a":1}\n'],
  [
    "NDJSON with an end in a variable",
    "Content-Type: application/x-ndjson",
    '{"a":1}\n{{empty}}\n',
    '{"a":1}\n',
  ],
  [
    "NDJSON with comments",
    "Content-Type: application/x-ndjson",
    '{"a":1}\n# x\n{"b":1}\n//y',
    '{"a":1}\n{"b":1}\n',
  ],
  [
    "multipart with LF",
    multipart,
    '--X\nContent-Disposition: form-data; name="t"\n\nv\n\n# w {{lines}}\n--X--\n',
    '--X\r\nContent-Disposition: form-data; name="t"\r\n\r\nv\r\n\r\n# w hi\nTopicArn=arn:other\r\n--X--\r\n',
  ],
  ["multipart with CRLF", multipart, "--X\r\n\r\nv\r\n--X--\r\n", "--X\r\n\r\nv\r\n--X--\r\n"],
  [
    "multipart with a file",
    multipart,
    "--X\nContent-Type: application/json\n\n< ./part.json\n--X--",
    '--X\r\nContent-Type: application/json\r\n\r\n{\n"a":1}\n\r\n--X--\r\n',
  ],
];

describe("bodies, from the file to the wire", () => {
  let machine: Machine;
  let server: BodyServer;

  before(async () => {
    machine = await createMachine();
    server = await startBodyServer();
    await machine.write("work/part.json", '{\n"a":1}\n');
  });
  beforeEach(() => server.arrived.splice(0));
  after(async () => {
    await server.close();
    await machine.remove();
  });

  const variables = {
    lines: "hi\nTopicArn=arn:other",
    secret: "f+Mj%y&z=",
    pairs: "b=2&c=3 4",
    formType: "application/x-www-form-urlencoded",
    word: "word",
    empty: "",
  };
  const given = Object.entries(variables).flatMap(([name, value]) => ["--var", `${name}=${value}`]);

  function block(headers: string, body: string, path = "/"): string {
    return `# @auth none\nPOST http://127.0.0.1:${server.port}${path}\n${headers}\n\n${body}\n`;
  }

  /** Sends a file's text; gives what arrived, the exit code and each problem as `line code`. */
  async function send(text: string, args: readonly string[] = ["--all"]) {
    await machine.write("work/t.awsreq", text);
    const { code, stdout } = await machine.run(["send", "t.awsreq", "--json", ...given, ...args]);
    const { problems, requests } = documentOf(stdout);
    const entries = requests as readonly { readonly problems?: typeof problems }[];
    const all = [...problems, ...entries.flatMap((entry) => entry.problems ?? [])];
    return { code, bodies: server.arrived.map(({ body }) => body), problems: all };
  }

  it("are what the file says", async () => {
    const { code, bodies } = await send(
      rows.map(([, headers, body]) => block(headers, body)).join("\n###\n"),
    );
    assert.equal(code, 0);
    assert.deepEqual(
      rows.map(([what], index) => [what, bodies[index]]),
      rows.map(([what, , , sent]) => [what, sent]),
    );
  });

  it("are the same bytes from a file with CRLF, but for line ends that are content", async () => {
    const text = rows.map(([, headers, body]) => block(headers, body)).join("\n###\n");
    const { bodies } = await send(text.replace(/\r?\n/g, "\r\n"));
    const unified = (body: string | undefined): string => (body ?? "").replaceAll("\r\n", "\n");
    assert.deepEqual(
      rows.map(([what], index) => [what, unified(bodies[index])]),
      rows.map(([what, , , sent]) => [what, unified(sent)]),
    );
  });

  it("of _bulk and _msearch end in one line end", async () => {
    const paths = ["/_bulk", "/pets/_bulk?x=1", "/_msearch", "/_msearch/template", "/_bulky", "/my_bulk"];
    const text = paths.map((path) => block(json, '{"index":{}}\n{}', path)).join("\n###\n");
    const { bodies } = await send(text);
    const [ended, plain] = ['{"index":{}}\n{}\n', '{"index":{}}\n{}'];
    assert.deepEqual(bodies, [ended, ended, ended, ended, plain, plain]);
  });

  it("that hold another request line are not sent", async () => {
    const base = `http://127.0.0.1:${server.port}`;
    const text = `# @auth none\nDELETE ${base}/pets/1\n\nGET ${base}/pets\n`;
    const { code, bodies, problems } = await send(text, ["--line", "4"]);
    assert.deepEqual([code, bodies], [2, []]);
    assert.deepEqual(
      problems.map(({ line, code: found }) => `${line} ${found}`),
      ["4 E_REQUEST_SEPARATOR"],
    );
  });

  it("that hold one behind other text, or a definition, are sent with a warning", async () => {
    const { code, bodies, problems } = await send(
      `${block(json, `{"a":1}\n\n@token = 5`)}###\n${block("X: 1", "text\nGET http://a.example/b")}`,
    );
    assert.deepEqual([code, bodies], [0, ['{"a":1}\n\n@token = 5', "text\nGET http://a.example/b"]]);
    const warnings = problems.filter(({ severity }) => severity === "warning");
    assert.deepEqual(
      warnings.map(({ line, code: found }) => `${line} ${found}`),
      ["7 W_BODY_VARIABLE", "14 W_REQUEST_SEPARATOR"],
    );
  });

  it("of a form whose lines are not told apart are not sent", async () => {
    const { code, bodies, problems } = await send(block(form, "a=1\n# c\nb=2"));
    assert.deepEqual([code, bodies], [2, []]);
    assert.deepEqual(
      problems.filter(({ severity }) => severity === "error").map(({ code: found }) => found),
      ["E_FORM_LINES"],
    );
  });
});
