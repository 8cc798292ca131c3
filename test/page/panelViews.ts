import { bodyContent } from "../../src/editor/trips/bodyContent.ts";
import { tripView } from "../../src/editor/trips/tripView.ts";
import type { DiagnosisView } from "../../src/page/diagnosisView.ts";
import type { BodyContent, Fault, IdentityChip, Outcome, PanelView } from "../../src/page/view.ts";
import { createTripWorld, frame } from "../editor/trips/tripWorld.ts";

/** A view with its body, as the host would send them. */
export interface Picture {
  readonly view: PanelView;
  readonly body: BodyContent | null;
}

const scope = "# @profile dev\n# @region us-east-1\n# @service execute-api\n";

/** Views of real trips to a local endpoint, by what came of them. */
export async function realPictures(): Promise<Readonly<Record<string, Picture>>> {
  const world = await createTripWorld();
  const make = async (text: string, until: "sign" | "send" = "send"): Promise<Picture> => {
    const { trip, notes } = await world.make(text, {}, until);
    const response = trip.exchange?.response ?? null;
    const body = response === null ? null : await bodyContent(trip, response, true);
    return { view: tripView(trip, notes, frame), body };
  };
  try {
    const { url } = world.endpoint;
    return {
      ok: await make(`${scope}GET ${url}/prod/pets?limit=10&type=dog\nAccept: application/json\n`),
      forbidden: await make(`${scope}GET ${url}/prod/forbidden\n`),
      cut: await make(`${scope}GET ${url}/prod/cut\n`),
      image: await make(`${scope}GET ${url}/prod/binary\n`),
      explained: await make(`${scope}GET ${url}/prod/pets\n`, "sign"),
      presigned: await make(`${scope}# @auth presign 60\nGET ${url}/prod/pets\n`, "sign"),
      unsigned: await make(`# @auth none\nGET ${url}/prod/pets\n`),
      unknownProfile: await make(`# @profile nobody\nGET https://abc.execute-api.eu-west-1.amazonaws.com/\n`),
      refused: await make(`# @profile dev\n# @auth none\nGET http://169.254.169.254/\n`),
      network: await make(`# @auth none\nGET http://127.0.0.1:1/\n`),
      text: await make("GET https://{{host}}/\n"),
    };
  } finally {
    await world.remove();
  }
}

const fault: Fault = {
  code: "E_INTERNAL",
  phase: "internal",
  message: "Something went wrong inside awsreq.",
  hint: "The log says where.",
  help: { label: "Show Log", action: "showLog" },
  tried: [],
};

const tried = [
  { text: 'profile "admin", chosen by pets.awsreq:3', outcome: "found" },
  { text: 'keys of profile "base" (~/.aws/credentials:2)', outcome: "found" },
  {
    text: "role arn:aws:iam::111122223333:role/ops (~/.aws/config:7), asked of STS in eu-west-1",
    outcome: "failed",
  },
  {
    text: "role arn:aws:iam::111122223333:role/deploy (pets.awsreq:4), asked of STS in eu-west-1",
    outcome: "skipped",
  },
] as const;

const diagnosis: DiagnosisView = {
  findings: [
    {
      cause: "sig-path-encoding",
      certainty: "proved",
      title: "The path was signed in another encoding than it was sent",
      detail: 'The canonical path was signed as "/prod/%40me", and arrived as "/prod/%2540me".',
      evidence: ["the service computed another signature", "the canonical path differs"],
      fixes: [
        {
          kind: "edit",
          title: "Write the path as it arrives",
          proved: true,
          lines: [
            { change: "removed", number: 4, text: "GET https://{{host}}/prod/%40me" },
            { change: "added", number: 4, text: "GET https://{{host}}/prod/@me" },
          ],
        },
        {
          kind: "advice",
          title: "Sign the path exactly as it is sent, each segment encoded once more (not for S3).",
        },
        { kind: "copy", title: "Copy the statement", text: '{\n  "Effect": "Allow"\n}' },
        { kind: "link", title: "What AWS says of it" },
      ],
    },
    {
      cause: "clock-behind",
      certainty: "possible",
      title: "The clock of this machine is slow",
      detail: "The clock of this machine is slow.",
      evidence: ["an example"],
      fixes: [
        { kind: "command", title: "Sign with the server's time" },
        { kind: "advice", title: "Set the clock." },
      ],
    },
  ],
  comparison: [
    { label: "Method", ours: "GET", theirs: "GET", same: true },
    { label: "Path", ours: "/prod/%40me", theirs: "/prod/%2540me", same: false },
    { label: "Query", ours: "", theirs: "", same: true },
    { label: "Header", ours: "host:a.example", theirs: null, same: false },
    { label: "Payload hash", ours: "e3b0c442".repeat(8), theirs: "e3b0c442".repeat(8), same: true },
  ],
  lookedAt: [
    { name: "Clock", outcome: "passed", text: "Signed 1 s before the time of the answer." },
    { name: "Signature", outcome: "failed", text: "AWS computed another one." },
    { name: "Permission", outcome: "unknown", text: "The answer does not tell." },
  ],
  checks: [
    {
      title: "Do the credentials hold?",
      outcome: "passed",
      text: "STS knows them: arn:aws:iam::111122223333:user/rex.",
      rulesOut: ["The secret access key does not belong to the key id"],
      speaksFor: [],
    },
    {
      title: "Is this machine's clock right?",
      outcome: "unknown",
      text: "There was no answer within 10 s.",
      rulesOut: [],
      speaksFor: [],
    },
  ],
};

/** An assumed role whose credentials end then. */
function chip(expires: string): IdentityChip {
  return {
    profile: "admin",
    source: "pets.awsreq:3",
    kind: "assumed role",
    account: "111122223333",
    arn: "arn:aws:sts::111122223333:assumed-role/deploy/awsreq-1",
    role: "arn:aws:iam::111122223333:role/deploy",
    accessKeyId: "ASIA…WXYZ",
    region: "eu-west-1",
    service: "execute-api",
    expires,
  };
}

const answer = {
  status: 200,
  statusText: "OK",
  answeredBy: "origin",
  httpVersion: "1.1",
  bytes: 20_000_000,
  encoded: { bytes: 612, encoding: "gzip" },
  contentType: "application/octet-stream",
} as const;

/** States that no trip of a test reaches by itself, put upon a real view. */
export function madePictures({ view }: Picture): Readonly<Record<string, Picture>> {
  const sending: Outcome = {
    kind: "sending",
    sends: true,
    done: [{ step: "credentials", text: "Credentials from dev (static keys)" }],
    current: { step: "download", text: "Receiving the body" },
    started: Date.now(),
    received: 12_345,
  };
  const bare = { ...view, headers: null, signing: null, timing: null, diagnosis: null };
  const answered: Outcome = { kind: "answered", answer, fault: null };
  return {
    sending: { view: { ...bare, outcome: sending }, body: null },
    signing: { view: { ...bare, outcome: { ...sending, sends: false } }, body: null },
    cancelled: {
      view: { ...bare, outcome: { kind: "cancelled", step: "Cancelled while connecting." } },
      body: null,
    },
    failed: { view: { ...bare, outcome: { kind: "failed", fault } }, body: null },
    noCredentials: {
      view: { ...bare, outcome: { kind: "noCredentials", fault: { ...fault, tried } } },
      body: null,
    },
    diagnosed: {
      view: {
        ...view,
        outcome: { ...answered, answer: { ...answer, status: 403, statusText: "Forbidden", bytes: 700 } },
        diagnosis,
      },
      body: { kind: "empty" },
    },
    expired: { view: { ...view, identity: chip("2020-01-01T00:00:00Z") }, body: null },
    ending: {
      view: { ...view, identity: chip(new Date(Date.now() + 54.5 * 60_000).toISOString()) },
      body: null,
    },
    restored: {
      view: { ...bare, outcome: { kind: "restored", last: { status: 200, statusText: "OK", when: 1 } } },
      body: null,
    },
    proxy: {
      view: { ...view, outcome: { ...answered, answer: { ...answer, status: 407, answeredBy: "proxy" } } },
      body: { kind: "empty" },
    },
    redirect: {
      view: {
        ...view,
        outcome: {
          ...answered,
          answer: { ...answer, status: 302, statusText: "Found", redirects: ["https://else.example/x"] },
        },
        headers: view.headers && {
          ...view.headers,
          interim: [{ status: "103 Early Hints", fields: [["Link", "</a>"]] }],
          trailers: [["X-Sum", "1"]],
        },
      },
      body: { kind: "empty" },
    },
    tooLarge: {
      view: { ...view, outcome: answered },
      body: {
        kind: "binary",
        head: Uint8Array.from(Buffer.from("text ")),
        bytes: 200_000_000,
        isLarge: true,
      },
    },
    large: { view: { ...view, outcome: answered }, body: { kind: "large", bytes: 20_000_000 } },
    binary: {
      view: { ...view, outcome: answered },
      body: {
        kind: "binary",
        head: Uint8Array.from({ length: 5000 }, (_, at) => at % 256),
        bytes: 20_000_000,
      },
    },
    brokenJson: {
      view: { ...view, outcome: answered },
      body: { kind: "text", language: "json", charset: "UTF-8", text: '{"a": 1,' },
    },
    xml: {
      view: { ...view, outcome: answered },
      body: {
        kind: "text",
        language: "xml",
        charset: "UTF-8",
        text: "<Error><Code>AccessDenied</Code></Error>",
      },
    },
  };
}
