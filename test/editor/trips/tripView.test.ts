import assert from "node:assert/strict";
import { bodyContent } from "../../../src/editor/trips/bodyContent.ts";
import { copiedText } from "../../../src/editor/trips/copiedText.ts";
import { logLine } from "../../../src/editor/trips/logLine.ts";
import { tripView } from "../../../src/editor/trips/tripView.ts";
import { answering, closeServers } from "../../transport/servers.ts";
import { createTripWorld, frame, keys, type TripWorld } from "./tripWorld.ts";

const scope = "# @profile dev\n# @region us-east-1\n# @service execute-api\n";

describe("what the panel shows of a trip", () => {
  let world: TripWorld;
  beforeEach(async () => {
    world = await createTripWorld();
  });
  afterEach(() => world.remove());

  it("joins the pieces of each line to the canonical request that was signed, and links its parts", async () => {
    const { trip, notes } = await world.make(
      `${scope}GET ${world.endpoint.url}/prod/echo/a%20b?z=1&a=%C3%A9\nX-Team: pets\n`,
    );
    const view = tripView(trip, notes, frame);
    const trace = trip.signed?.trace;
    assert.ok(view.signing !== null && trace != null);
    const text = view.signing.canonicalRequest
      .map(({ pieces }) => pieces.map((piece) => piece.text).join(""))
      .join("\n");
    assert.equal(text, trace.canonicalRequest);
    assert.equal(copiedText("canonicalRequest", view, null, trip), trace.canonicalRequest);
    assert.equal(copiedText("stringToSign", view, null, trip), trace.stringToSign);
    assert.deepEqual(
      view.signing.parts.map(({ part, appearsIn }) => [part, appearsIn]),
      [
        ["payloadHash", ["Step 1, line 5", "Step 1, line 10"]],
        ["date", ["Step 1, line 6", "Step 2, line 2"]],
        ["signedHeaders", ["Step 1, line 9", "Step 4, line 3"]],
        ["canonicalRequestHash", ["Step 2, line 4"]],
        ["credentialScope", ["Step 2, line 3", "Step 4, line 2"]],
        ["accessKeyId", ["Step 4, line 2"]],
        ["signature", ["Step 4, line 4"]],
      ],
    );
    const team = view.signing.canonicalRequest.find(({ label }) => label === "header x-team");
    assert.deepEqual([team?.source, team?.fileLine], ["a.awsreq:5", 4]);
    assert.deepEqual(view.signing.path, {
      typed: "/prod/echo/a%20b",
      sent: "/prod/echo/a%20b",
      signed: "/prod/echo/a%2520b",
    });
  });

  it("fault 34, 56, 77: shows interim answers, trailers and where a redirect leads", async () => {
    const server = await answering(
      `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 302 ${"F".repeat(3000)}\r\n` +
        "Location: https://else.example/x?y\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Sum: 1\r\n\r\n",
    );
    try {
      const { trip } = await world.make(`# @auth none\nGET http://127.0.0.1:${server.port}/\n`);
      const { headers, outcome } = tripView(trip, [], frame);
      assert.deepEqual(headers?.interim, [{ status: "103 Early Hints", fields: [["Link", "</a>"]] }]);
      assert.deepEqual(headers?.trailers, [["X-Sum", "1"]]);
      assert.ok(outcome.kind === "answered");
      assert.deepEqual(outcome.answer.redirects, ["https://else.example/x?y"]);
      assert.ok(outcome.answer.statusText.length < 100);
    } finally {
      await closeServers();
    }
  });

  it("copies a presigned URL whole, for the click that asked for it, and shows it redacted", async () => {
    const text = `${scope}# @auth presign 60\nGET ${world.endpoint.url}/prod/pets\n`;
    const { trip } = await world.make(text, {}, "sign");
    const view = tripView(trip, [], frame);
    const url = copiedText("url", view, null, trip);
    assert.equal((await fetch(url ?? "")).status, 200);
    assert.ok(!JSON.stringify(view).includes(encodeURIComponent(`${keys.accessKeyId}/`)));
  });

  it("marks the headers that the signature covers, and masks who signed", async () => {
    const { trip } = await world.make(`${scope}GET ${world.endpoint.url}/prod/pets\n`);
    const { headers, identity } = tripView(trip, [], frame);
    assert.deepEqual(
      headers?.request.map(({ name, signed, origin }) => [name, signed, origin]),
      trip.signed?.headers.map(({ name, origin }) => [
        name,
        trip.signed?.trace?.signedHeaders.includes(name.toLowerCase()),
        origin,
      ]),
    );
    assert.equal(identity?.accessKeyId, `${keys.accessKeyId.slice(0, 4)}…${keys.accessKeyId.slice(-4)}`);
    assert.deepEqual([identity?.region, identity?.service], ["us-east-1", "execute-api"]);
  });

  for (const [title, request, kind] of [
    ["an answer", "/prod/pets", "answered"],
    ["a cut answer", "/prod/cut", "cut"],
    ["a 403", "/prod/forbidden", "answered"],
  ] as const) {
    it(`tells ${title}`, async () => {
      const { trip } = await world.make(`${scope}GET ${world.endpoint.url}${request}\n`);
      assert.equal(tripView(trip, [], frame).outcome.kind, kind);
    });
  }

  for (const [title, text, kind, action] of [
    [
      "an unknown profile",
      "# @profile nobody\nGET https://x.execute-api.eu-west-1.amazonaws.com/\n",
      "noCredentials",
      "switchProfile",
    ],
    ["an unknown variable", "GET https://{{host}}/\n", "text", "showRequest"],
    [
      "a metadata address",
      "# @profile dev\n# @auth none\nGET http://169.254.169.254/\n",
      "refused",
      "showRequest",
    ],
    ["a port that nobody listens on", "# @auth none\nGET http://127.0.0.1:1/\n", "network", "sendAgain"],
  ] as const) {
    it(`tells ${title}, and offers what helps`, async () => {
      const { trip } = await world.make(text);
      const { outcome } = tripView(trip, [], frame);
      assert.equal(outcome.kind, kind);
      assert.equal("fault" in outcome && outcome.fault?.help?.action, action);
    });
  }

  it("holds no secret anywhere: not in the view, the body or the log", async () => {
    const { trip, notes } = await world.make(
      `${scope}POST ${world.endpoint.url}/prod/echo?note=${encodeURIComponent(keys.secretAccessKey)}\nX-Note: ${keys.secretAccessKey}\n\n${keys.secretAccessKey}`,
    );
    const response = trip.exchange?.response;
    assert.ok(response);
    assert.equal(response.status, 200);
    const shown = JSON.stringify([
      tripView(trip, notes, frame),
      await bodyContent(trip, response, true),
      logLine(trip, "a.awsreq"),
    ]);
    for (const form of [keys.secretAccessKey, encodeURIComponent(keys.secretAccessKey), keys.accessKeyId])
      if (form === keys.accessKeyId) assert.doesNotMatch(logLine(trip, "a.awsreq"), new RegExp(form));
      else assert.ok(!shown.includes(form), `the view holds ${form}`);
  });

  it("writes one line into the log, whatever the file says", async () => {
    const { trip } = await world.make(`${scope}GET ${world.endpoint.url}/prod/pets?type=dog\n`);
    assert.match(
      logLine(trip, "a.awsreq"),
      /^GET http:\/\/127\.0\.0\.1:\d+\/prod\/pets\?type=dog \(a\.awsreq:4\) → 200 OK, [\d.]+ m?s, dev \(static keys\)$/,
    );
  });
});

describe("a body as the panel gets it", () => {
  let world: TripWorld;
  beforeEach(async () => {
    world = await createTripWorld();
  });
  afterEach(() => world.remove());

  for (const [path, kind, language] of [
    ["/prod/pets", "text", "json"],
    ["/prod/binary", "image", null],
  ] as const) {
    it(`${path} is ${kind}`, async () => {
      const { trip } = await world.make(`${scope}GET ${world.endpoint.url}${path}\n`);
      const response = trip.exchange?.response;
      assert.ok(response);
      const body = await bodyContent(trip, response, true);
      assert.deepEqual([body.kind, "language" in body ? body.language : null], [kind, language]);
    });
  }
});
