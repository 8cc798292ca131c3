import assert from "node:assert/strict";
import { parseRequestFile } from "../../src/request/parse.ts";
import type { Outline } from "./documents.ts";
import { marked, outline, outlineOf } from "./documents.ts";

interface Sample {
  readonly manner: string;
  readonly text: string;
  readonly requests: readonly Outline[];
  readonly problems?: readonly (readonly [string, string])[];
}

const restClient: Sample = {
  manner: "REST Client",
  text: `@hostname = api.example.com
@port = 8080
@host = {{hostname}}:{{port}}
@contentType = application/json

###

# @name login
POST https://{{host}}/api/login HTTP/1.1
Content-Type: application/x-www-form-urlencoded

name=foo
&password=bar

###

@authToken = {{login.response.headers.X-AuthToken}}

# @name createComment
// a comment of the other kind
POST https://{{host}}/comments HTTP/1.1
Authorization: {{authToken}}
Content-Type: {{contentType}}

{
    "content": "fake content"
}

###
GET https://{{host}}/comments
    ?page=2
    &pageSize=10
User-Agent: rest-client

###
https://example.com/topics/1 HTTP/1.1

###
POST https://example.com/comments HTTP/1.1
Content-Type: application/xml

< C:\\Users\\Default\\Desktop\\demo.xml
`,
  requests: [
    outline({
      name: "login",
      line: "POST https://{{host}}/api/login",
      headers: ["Content-Type: application/x-www-form-urlencoded"],
      body: ["name=foo\n&password=bar"],
      directives: ["name login"],
    }),
    outline({
      name: "createComment",
      line: "POST https://{{host}}/comments",
      headers: ["Authorization: {{authToken}}", "Content-Type: {{contentType}}"],
      body: ['{\n    "content": "fake content"\n}'],
      directives: ["name createComment"],
      variables: ["authToken={{login.response.headers.X-AuthToken}}"],
    }),
    outline({
      line: "GET https://{{host}}/comments?page=2&pageSize=10",
      headers: ["User-Agent: rest-client"],
    }),
    outline({ line: "GET https://example.com/topics/1" }),
    outline({
      line: "POST https://example.com/comments",
      headers: ["Content-Type: application/xml"],
      body: ["< C:\\Users\\Default\\Desktop\\demo.xml"],
    }),
  ],
};

const jetBrains: Sample = {
  manner: "JetBrains HTTP Client",
  text: `### GET request to example server
GET https://examples.http-client.intellij.net/get
    ?generated-in=IntelliJ IDEA

###
# @name = get-ip
// @no-log
// @timeout = 600
GET {{host}}/ip
Accept: application/json

> {%
    client.test("ok", function () {
        client.assert(response.status === 200);
    });
%}

<> 2024-03-01T101112.200.json
<> 2024-03-01T101010.200.json

### Submit a form
POST {{host}}/post
Content-Type: application/x-www-form-urlencoded

id = 999 &
value = content

>> ./saved/answer.json
`,
  requests: [
    outline({
      title: "GET request to example server",
      line: "GET https://examples.http-client.intellij.net/get?generated-in=IntelliJ IDEA",
    }),
    outline({
      name: "get-ip",
      line: "GET {{host}}/ip",
      headers: ["Accept: application/json"],
      directives: ["name get-ip", "no-log", "timeout 600"],
    }),
    outline({
      title: "Submit a form",
      line: "POST {{host}}/post",
      headers: ["Content-Type: application/x-www-form-urlencoded"],
      body: ["id = 999 &\nvalue = content"],
    }),
  ],
  problems: [
    ["W_URL_SPACE", " "],
    ["W_SCRIPT", "> {%"],
    ["H_RESPONSE_REFERENCE", "<> 2024-03-01T101112.200.json"],
    ["H_RESPONSE_REFERENCE", "<> 2024-03-01T101010.200.json"],
    ["W_SAVE_LATER", ">> ./saved/answer.json"],
  ],
};

const httpYac: Sample = {
  manner: "httpYac",
  text: `@host=https://httpbin.org

### simple request
# @name anything
# @title a title
GET {{host}}/anything HTTP/1.1
Accept: text/html

?? status == 200
?? header content-type includes json

### array of variables
/anything?x={{x}}
Host: httpbin.org

### text that looks like a quotation
POST {{host}}/anything
Content-Type: text/plain

>> quoted
> {% once %}
and an answer
`,
  requests: [
    outline({
      title: "simple request",
      name: "anything",
      line: "GET {{host}}/anything",
      headers: ["Accept: text/html"],
      directives: ["name anything", "title a title"],
    }),
    outline({ title: "array of variables", line: "GET /anything?x={{x}}", headers: ["Host: httpbin.org"] }),
    outline({
      title: "text that looks like a quotation",
      line: "POST {{host}}/anything",
      headers: ["Content-Type: text/plain"],
      body: [">> quoted\n> {% once %}\nand an answer"],
    }),
  ],
  problems: [
    ["W_DIRECTIVE_UNKNOWN", "title"],
    ["W_ASSERTION_LATER", "?? status == 200"],
    ["W_ASSERTION_LATER", "?? header content-type includes json"],
  ],
};

const visualStudio: Sample = {
  manner: "Visual Studio",
  text: `@HostAddress = https://localhost:44320

GET {{HostAddress}}/weatherforecast/
Accept: application/json

###

// comment
DELETE {{HostAddress}}/todos/4
###
PUT {{HostAddress}}/todos/4
Content-Type: application/json
X-Empty:

{"done":true}
###
`,
  requests: [
    outline({
      line: "GET {{HostAddress}}/weatherforecast/",
      headers: ["Accept: application/json"],
      variables: ["HostAddress=https://localhost:44320"],
    }),
    outline({ line: "DELETE {{HostAddress}}/todos/4" }),
    outline({
      line: "PUT {{HostAddress}}/todos/4",
      headers: ["Content-Type: application/json", "X-Empty: "],
      body: ['{"done":true}'],
    }),
  ],
};

describe("parseRequestFile, files in the manner of other tools", () => {
  for (const { manner, text, requests, problems } of [restClient, jetBrains, httpYac, visualStudio]) {
    for (const [lineEnd, name] of [
      ["\n", "LF"],
      ["\r\n", "CRLF"],
    ] as const) {
      it(`reads a file of ${manner} (${name})`, () => {
        const document = text.replaceAll("\n", lineEnd);
        const file = parseRequestFile(document);
        const expected = requests.map((request) => ({
          ...request,
          body: request.body.map((part) => part.replaceAll("\n", lineEnd)),
        }));
        assert.deepEqual(file.requests.map(outlineOf), expected);
        assert.deepEqual(marked(document, file.problems), problems ?? []);
      });
    }
  }
});
