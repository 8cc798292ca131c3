import assert from "node:assert/strict";
import { outcomeText } from "../../src/editor/sending/outcomeText.ts";
import type { Progress } from "../../src/editor/trips/sendingView.ts";
import { tripRunner } from "../../src/editor/trips/tripRunner.ts";
import { copySubjects } from "../../src/page/protocol.ts";
import type { Trip } from "../../src/trip/trip.ts";
import { assertInNoSink } from "../cli/canary.ts";
import { type CanaryServer, charsetNames, startCanaryServer } from "../cli/canaryServer.ts";
import {
  createTripWorld,
  effectsOf,
  frame,
  inputFor,
  keys,
  type TripWorld,
} from "../editor/trips/tripWorld.ts";

const random = () => Math.random().toString(36).slice(2).padEnd(11, "z");

const canaries = {
  "secret access key": keys.secretAccessKey,
  "private value": `private-canary ${random()}/&"é`,
  "private value without a blank": `private-word-${random()}`,
  "environment variable": `environment-canary=${random()}`,
  "API key": `api-key-canary-${random()}`,
  "typed cookie": `cookie-canary-${random()}`,
  "issued secret": `issued/secret+${random()}${random()}`,
  "issued token": `issued/token+${random()}${random()}==`,
  "issued cookie": `issued-cookie-${random()}`,
  "issued access token": `issued-access-token-${random()}`,
} as const;

/** What a trip came to, with the pictures that were drawn on its way. */
interface Walked {
  readonly made: Awaited<ReturnType<TripWorld["make"]>>;
  readonly drawn: readonly unknown[];
  readonly input: ReturnType<typeof inputFor>;
  readonly world: TripWorld;
}

/** What the panel shows of a trip, and what is made of that. */
async function viewOf({ made: { trip, notes }, input }: Walked) {
  const diagnosis = await tripRunner.editorDiagnosis(trip, input);
  return tripRunner.tripView(trip, notes, frame, diagnosis?.view ?? null);
}

async function bodyOf(trip: Trip) {
  const response = trip.exchange?.response ?? null;
  return response === null ? null : tripRunner.bodyContent(trip, response, true);
}

/** Every function of the core that gives the editor something to show. A new one has a line here, or nobody searches it. */
const sinks = {
  "panel while sending": ({ drawn }) => drawn,
  panel: viewOf,
  "body in the panel": async ({ made: { trip } }) => {
    const body = await bodyOf(trip);
    return body?.kind === "binary" ? Buffer.from(body.head).toString("latin1") : body;
  },
  "what the panel keeps on disk": async (walked) => {
    const { typed, restore, outcome } = await viewOf(walked);
    return { typed, restore, last: "answer" in outcome ? outcome.answer.statusText : null };
  },
  "clipboard, by copy button": async (walked) => {
    const { trip } = walked.made;
    const [view, body] = [await viewOf(walked), await bodyOf(trip)];
    return copySubjects.map((what) => tripRunner.copiedText(what, view, body, trip));
  },
  "clipboard, canonical request": ({ made: { trip } }) => tripRunner.canonicalRequestText(trip),
  "clipboard, policy": ({ made: { trip } }) => tripRunner.policyText(trip),
  log: ({ made: { trip } }) => tripRunner.logLine(trip, "a.awsreq"),
  "line above the request": ({ made: { trip } }) => outcomeText(trip, tripRunner.redactorOf(trip).text),
  "diagnostics of the text": ({ made: { trip } }) => trip.problems,
  "fault of the trip, notes": ({ made: { trip, notes } }) => [trip.error, trip.notes, notes],
  "panel after a bug": () => tripRunner.bugView(frame),
  "name of a saved body": ({ made: { trip } }) =>
    trip.exchange?.response ? tripRunner.savedName(trip.exchange.response) : "",
  "who am I": ({ input, world }) =>
    tripRunner.editorWhoAmI(input, world.machine, effectsOf(world, new AbortController().signal)),
  "page about an answer from elsewhere": async ({ made: { trip } }) => {
    const response = trip.exchange?.response;
    if (!response || !trip.signed) return "";
    const { method, headers, target } = trip.signed;
    const heard = headers.map(({ name, value }) => `> ${name}: ${value}`).join("\n");
    const said = response.headers.map(([name, value]) => `< ${name}: ${value}`).join("\n");
    const body = Buffer.from(await response.body.slice(0, response.body.size)).toString();
    const text = `> ${method} ${target.path} HTTP/1.1\n${heard}\n>\n< HTTP/1.1 403 Forbidden\n${said}\n<\n${body}`;
    return tripRunner.capturePage(text, null);
  },
} satisfies Readonly<Record<string, (walked: Walked) => unknown>>;

/** What of the core shows nothing, or is in the table by what is made of it. */
const shownElsewhere = [
  "thisMachine",
  "createCredentialCache",
  "makeTrip",
  "environmentOf",
  // Numbers of lines alone.
  "undecidedLines",
  "progress",
  "sendingView",
  "typedHead",
  "redactorOf",
  "hasSignature",
  "clearBodyStorage",
  "awsFilePath",
  "pickableProfiles",
  "isCallerUnknown",
  "calledTrip",
  "startLocalEndpoint",
  "keyMoves",
  "editorChecks",
  // Who signs and where it goes has to be seen to be taken back; nothing else of a request is in it.
  "approvalText",
  // The exact bytes, where the person keeps them.
  "writeBody",
];

describe("invariant 1: canaries through everything that the editor shows", () => {
  let world: TripWorld;
  let server: CanaryServer;

  before(async () => {
    world = await createTripWorld({ CANARY_ENV: canaries["environment variable"] });
    server = await startCanaryServer({
      secretAccessKey: canaries["issued secret"],
      sessionToken: canaries["issued token"],
      cookie: canaries["issued cookie"],
      accessToken: canaries["issued access token"],
    });
    await world.write(
      "folder/http-client.private.env.json",
      JSON.stringify({
        dev: {
          private: canaries["private value"],
          word: canaries["private value without a blank"],
          pin: "4711x",
        },
      }),
    );
  });

  after(async () => {
    await server.close();
    await world.remove();
  });

  const scope = "# @profile dev\n# @region us-east-1\n# @service execute-api\n";
  const request = (url: string, head = scope) =>
    `@apiKey = ${canaries["API key"]}\n${head}### {{word}} in a title stays as typed\nPOST ${url}?q={{%private}}&pin={{pin}}&job={{%$processEnv CANARY_ENV}}\nX-Private: {{word}}\nX-Pin: {{pin}}\nX-Api-Key: {{apiKey}}\nCookie: session=${canaries["typed cookie"]}\n\n{"a":"{{private}}","job":"{{$processEnv CANARY_ENV}}","pin":"{{pin}}"}\n`;

  async function walk(text: string, until: "sign" | "send"): Promise<Walked> {
    const drawn: unknown[] = [];
    const { afterPreparing, afterAdvance, afterTransfer, begun } = tripRunner.progress;
    let progress: Progress = begun;
    const draw = (next: Progress) => {
      progress = next;
      drawn.push(tripRunner.sendingView(progress, frame));
    };
    draw(begun);
    const input = { ...inputFor(text, world.folder), allowedProcessEnv: ["CANARY_ENV"] };
    const effects = {
      ...effectsOf(world, new AbortController().signal),
      onPrepared: (prepared: Parameters<typeof afterPreparing>[1]) =>
        draw(afterPreparing(progress, prepared)),
      onAdvance: (trip: Trip) => draw(afterAdvance(progress, trip)),
      onTransfer: (event: Parameters<typeof afterTransfer>[1]) => draw(afterTransfer(progress, event)),
    };
    return { made: await tripRunner.makeTrip(input, until, world.machine, effects), drawn, input, world };
  }

  const texts: Readonly<Record<string, () => string>> = {
    "an answer": () => request(`${server.url}/json`),
    "an unsigned request": () => request(`${server.url}/json`, "# @auth none\n"),
    "a presigned request": () => `${scope}# @auth presign 60\nGET ${server.url}/json?note={{word}}\n`,
    "a refusal": () => request(`${server.url}/refused`),
    "a Latin-1 body": () => request(`${server.url}/latin1`),
    "a UTF-16 body": () => request(`${server.url}/utf16`),
    "a binary body": () => request(`${server.url}/binary`),
    ...Object.fromEntries(
      charsetNames.map((name) => [
        `a body in a charset: ${name}`,
        () => request(`${server.url}/charset/${name}/`),
      ]),
    ),
    "a cut body": () => request(`${server.url}/cut`),
    "no answer": () => request(`${server.url}/garbage`),
    "no connection": () => request("http://127.0.0.1:1/json"),
    "no such host": () => request("https://{{word}}.invalid/json"),
    "a refused address": () => request("http://169.254.169.254/{{word}}"),
    "plain http": () => request("http://api.example.invalid/{{word}}"),
    "an unknown profile": () => request(`${server.url}/json`, scope.replace("dev", "{{word}}")),
    "a URL without a scheme": () => "GET {{word}}/x\n",
    "a host that is none": () => "GET https://{{private}}/\n",
    "another Host header": () => `GET ${server.url}/json\nHost: {{word}}\n`,
    "a header name that is none": () => `GET ${server.url}/json\nX-{{private}}: 1\n`,
    "a file that is not there": () => `POST ${server.url}/json\n\n< ./{{word}}.txt\n`,
    "a region that is none": () => `# @region {{private}}\nGET ${server.url}/json\n`,
  };

  for (const [what, text] of Object.entries(texts)) {
    it(what, async () => {
      const walked = await walk(text(), "send");
      const found = await everySink(walked);
      // A presigned URL is copied whole, for the click that asks for it.
      const isPresigned = what === "a presigned request";
      const searched = Object.entries(found).filter(
        ([name]) => !isPresigned || !name.includes("copy button"),
      );
      assertInNoSink(Object.fromEntries(searched), canaries, what);
      const { request: head, headers, signing } = await viewOf(walked);
      const own = stringsOf([head, headers?.request, signing]).join("\n");
      assert.doesNotMatch(own, /(?<!\w)4711x(?!\w)/, "a short private value by itself");
    });
  }

  it("a signature that is explained", async () => {
    const walked = await walk(request(`${server.url}/json`), "sign");
    const view = await viewOf(walked);
    assertInNoSink({ view: stringsOf(view).join("\n") }, canaries, "explained");
    assert.equal(view.signing?.canonicalRequestHash, walked.made.trip.signed?.trace?.canonicalRequestHash);
    assert.equal(view.signing?.signature, walked.made.trip.signed?.trace?.signature);
  });

  it("keeps on disk what stands in the file, without the values of variables", async () => {
    const { typed } = await viewOf(await walk(request(`${server.url}/json`), "sign"));
    assert.deepEqual(typed, { ...frame.head });
  });

  it("walks everything that the core gives the editor", () => {
    const walked = Object.values(sinks).map(String).join("\n") + [viewOf, bodyOf].map(String).join("\n");
    const missing = Object.keys(tripRunner).filter(
      (name) => !shownElsewhere.includes(name) && !walked.includes(`tripRunner.${name}`),
    );
    assert.deepEqual(missing, []);
  });
});

async function everySink(walked: Walked): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const [name, read] of Object.entries(sinks)) {
    const value: unknown = await read(walked);
    found[name] = typeof value === "string" ? value : JSON.stringify(value, null, 1);
    // As a person reads it, without the escapes of JSON.
    found[`${name}, decoded`] = stringsOf(value).join("\n");
  }
  return found;
}

/** Every string in a value, keys included. */
function stringsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [key, ...stringsOf(entry)]);
}
