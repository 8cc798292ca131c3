import assert from "node:assert/strict";
import { json, mismatch, user, xml } from "../diagnosis/caseShapes.ts";
import { certificate } from "../transport/certificates.ts";
import { answer, answering, type RawServer, rawServer, tlsServer } from "../transport/servers.ts";
import { answerBytes, answeredWith } from "./answered.ts";
import { type FaultWorld, faultCases, keys, type Scenario, signed } from "./matrix.ts";

/** A redirect; neither its server nor another is asked again. */
async function redirect(
  fields: (server: RawServer, other: RawServer) => readonly string[],
  status = "302 Found",
): Promise<Scenario> {
  const other = await rawServer(() => undefined);
  const lines: string[] = [];
  const server = await rawServer((socket) => answer(answerBytes(lines, "", status))(socket));
  lines.push(...fields(server, other));
  return {
    text: `${signed}GET http://127.0.0.1:${server.port}/from\nCookie: session=abc\n`,
    kept: { status: Number(status.slice(0, 3)), complete: true },
    also({ person }) {
      assert.equal(other.received(), "", "it was followed elsewhere");
      // Once for the person, once for the program.
      assert.equal(server.received().split("GET /").length, 3, "it was followed");
      assert.equal(person.stderr.split("redirects are not followed").length - 1, lines.length);
    },
  };
}

const toHere = (status: string) => redirect(({ port }) => [`Location: http://127.0.0.1:${port}/to`], status);
const to = (location: (other: RawServer) => string) =>
  redirect((_, other) => [`Location: ${location(other)}`]);

/** A signed request over TLS to a host that only a test has. */
async function elsewhere({ write }: FaultWorld, host: string, bytes: Uint8Array): Promise<Scenario> {
  const made = await certificate({ names: [host] });
  const { port } = await tlsServer(made, answer(bytes));
  return {
    text: `# @connect-to 127.0.0.1:${port}\nGET https://${host}/x\n`,
    args: ["--approve", `environment@${host}`, "--region", "eu-west-1"],
    env: { AWS_CA_BUNDLE: await write("ca.pem", made.cert) },
  };
}

faultCases(77, {
  301: () => toHere("301 Moved Permanently"),
  302: () => toHere("302 Found"),
  303: () => toHere("303 See Other"),
  307: () => toHere("307 Temporary Redirect"),
  308: () => toHere("308 Permanent Redirect"),
  "to another host": () => to(({ port }) => `http://other.localhost:${port}/`),
  "to another port": () => to(({ port }) => `http://127.0.0.1:${port}/`),
  "from https to http": async (world) => {
    const { port } = await rawServer(() => undefined);
    const host = "abc.execute-api.eu-west-1.amazonaws.com";
    return elsewhere(world, host, answerBytes([`Location: http://127.0.0.1:${port}/`], "", "302 Found"));
  },
  relative: () => to(() => "../to"),
  "without a scheme": () => to(({ port }) => `//127.0.0.1:${port}/`),
  "with a fragment": () => to(() => "/to#part"),
  "with blanks": () => to(() => "/a b c"),
  "in UTF-8": () => to(() => Buffer.from("/Zoë").toString("latin1")),
  "to http:///": () => to(() => "http:///"),
  "without Location": () => redirect(() => []),
  "with two Locations": () =>
    redirect((_, { port }) => [
      `Location: http://127.0.0.1:${port}/1`,
      `Location: http://127.0.0.1:${port}/2`,
    ]),
  "to itself": () => redirect(({ port }) => [`Location: http://127.0.0.1:${port}/from`]),
  "with keys of the request in it": () =>
    to(({ port }) => `http://127.0.0.1:${port}/?t=${encodeURIComponent(keys.AWS_SESSION_TOKEN)}`),
  "with @follow": async () => {
    const scenario = await toHere("307 Temporary Redirect");
    return { ...scenario, text: `# @follow same-origin\n${String(scenario.text)}` };
  },
});

const refused = (status: string, fields: readonly string[], body: string, more: Partial<Scenario> = {}) =>
  answeredWith(fields, body, more, status);
/** The same, from what a person calls S3. */
async function fromS3(status: string, body: string, fields: readonly string[] = []): Promise<Scenario> {
  const scenario = await refused(status, fields, body);
  return {
    ...scenario,
    text: `# @service s3\n# @region us-east-1\n${String(scenario.text).split("\n")[2]}\n`,
  };
}

faultCases(78, {
  "307 TemporaryRedirect": () =>
    fromS3("307 Temporary Redirect", xml("TemporaryRedirect", "Please re-send this request."), [
      "Location: https://b.s3-eu-west-1.amazonaws.com/",
    ]),
  "301 PermanentRedirect": () =>
    fromS3(
      "301 Moved Permanently",
      xml(
        "PermanentRedirect",
        "The bucket you are attempting to access must be addressed using the specified endpoint.",
        "<Endpoint>b.s3.eu-west-1.amazonaws.com</Endpoint>",
      ),
    ),
  "400 AuthorizationHeaderMalformed": () =>
    fromS3(
      "400 Bad Request",
      xml(
        "AuthorizationHeaderMalformed",
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-west-1'",
        "<Region>eu-west-1</Region>",
      ),
    ),
});

const ofType = (type: string, body: string, more: Partial<Scenario> = {}) =>
  refused("403 Forbidden", [`x-amzn-ErrorType: ${type}`], body, more);
const invalidToken = "The security token included in the request is invalid.";
const functionUrl = "abcdefghij.lambda-url.eu-west-1.on.aws";
const search = "search-x-abc.eu-west-1.es.amazonaws.com";

faultCases(79, {
  SignatureDoesNotMatch: () => fromS3("403 Forbidden", xml("SignatureDoesNotMatch", mismatch)),
  InvalidSignatureException: () => ofType("InvalidSignatureException", json(mismatch)),
  RequestTimeTooSkewed: () =>
    fromS3(
      "403 Forbidden",
      xml(
        "RequestTimeTooSkewed",
        "The difference between the request time and the current time is too large.",
        "<RequestTime>20300101T000000Z</RequestTime><ServerTime>2030-01-01T01:00:00Z</ServerTime>",
      ),
    ),
  ExpiredToken: () => fromS3("400 Bad Request", xml("ExpiredToken", "The provided token has expired.")),
  ExpiredTokenException: () =>
    ofType("ExpiredTokenException", json("The security token included in the request is expired")),
  InvalidClientTokenId: () => refused("403 Forbidden", [], xml("InvalidClientTokenId", invalidToken)),
  UnrecognizedClientException: () => ofType("UnrecognizedClientException", json(invalidToken)),
  MissingAuthenticationToken: () =>
    ofType("MissingAuthenticationTokenException", json("Missing Authentication Token")),
  "an explicit deny": () =>
    refused(
      "403 Forbidden",
      [],
      json(
        `${user} s3:GetObject on resource: arn:aws:s3:::b/k with an explicit deny in an identity-based policy`,
      ),
    ),
  "a VPC endpoint's policy": () =>
    refused(
      "403 Forbidden",
      [],
      json(
        `${user} s3:GetObject on resource: arn:aws:s3:::b/k with an explicit deny in a VPC endpoint policy`,
      ),
    ),
  "API Gateway's Forbidden": () => ofType("ForbiddenException", json("Forbidden")),
  "a function URL": (world) =>
    elsewhere(
      world,
      functionUrl,
      answerBytes(["x-amzn-ErrorType: AccessDeniedException"], '{"Message":"Forbidden"}', "403 Forbidden"),
    ),
  OpenSearch: (world) =>
    elsewhere(
      world,
      search,
      answerBytes(
        [],
        '{"error":{"reason":"no permissions for [indices:data/read/search] and User [name=arn:aws:iam::1:role/r, backend_roles=[]]"}}',
        "403 Forbidden",
      ),
    ),
  "S3's 403 for what is not there": () => fromS3("403 Forbidden", xml("AccessDenied", "Access Denied")),
  "a presigned URL that expired": async () => {
    const body = xml("AccessDenied", "Request has expired", "<X-Amz-Expires>60</X-Amz-Expires>");
    const { port } = await answering(answerBytes([], body, "403 Forbidden"));
    const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAFAULTFAULTFAULT1%2F20300101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20300101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${"a".repeat(64)}`;
    return { text: `GET http://127.0.0.1:${port}/k?${query}\n` };
  },
});

/** One request for the person, one for the program, and none by itself. */
async function once(status: string, fields: readonly string[], body: string): Promise<Scenario> {
  const server = await answering(answerBytes(fields, body, status));
  return {
    text: `${signed}GET http://127.0.0.1:${server.port}/\n`,
    args: ["--include"],
    also({ person, document }) {
      assert.equal(server.received().split("GET /").length, 3, "it was sent again");
      for (const field of fields) assert.ok(person.stdout.includes(field), person.stdout);
      assert.equal(document.requests[0]?.response?.status, Number(status.slice(0, 3)));
    },
  };
}

faultCases(80, {
  "429, seconds": () => once("429 Too Many Requests", ["Retry-After: 120"], "slow"),
  "503, a date": () => once("503 X", ["Retry-After: Fri, 31 Dec 2099 23:59:59 GMT"], "slow"),
  "503 SlowDown, garbage": () => once("503 X", ["Retry-After: soon"], xml("SlowDown", "Reduce your rate.")),
  ThrottlingException: () =>
    once("400 Bad Request", ["x-amzn-ErrorType: ThrottlingException"], json("Rate exceeded")),
});

const failing = (status: string, type: string, body: string) =>
  refused(status, [`Content-Type: ${type}`], body, {
    kept: { status: Number(status.slice(0, 3)), body, complete: true },
    also: ({ person }) => assert.ok(person.stderr.startsWith(status), person.stderr),
  });

faultCases(81, {
  HTML: () => failing("502 Bad Gateway", "text/html", "<h1>bad</h1>"),
  "no body": () => failing("500 X", "text/plain", ""),
  JSON: () => failing("500 X", "application/json", '{"message":"no"}'),
  XML: () => failing("503 X", "application/xml", xml("ServiceUnavailable", "no")),
});

/** No difference of clocks is made up from a Date. */
const dated = (fields: readonly string[]) =>
  refused("403 Forbidden", fields, json("Forbidden"), {
    also: ({ document }) =>
      assert.deepEqual(
        document.requests[0]?.diagnosis.filter(
          ({ cause, certainty }) => cause.startsWith("clock") && certainty !== "possible",
        ),
        [],
      ),
  });

faultCases(82, {
  "no Date": () => dated([]),
  garbage: () => dated(["Date: yesterday"]),
  1970: () => dated(["Date: Thu, 01 Jan 1970 00:00:00 GMT"]),
  2099: () => dated(["Date: Thu, 31 Dec 2099 23:59:59 GMT"]),
});
