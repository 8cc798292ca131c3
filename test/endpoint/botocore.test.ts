import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { toByteString } from "../../src/endpoint/rawRequest.ts";
import { signature as signatureOf } from "../../src/endpoint/signature.ts";
import { type Verdict, verifySignature } from "../../src/endpoint/verify.ts";
import {
  assertAccepted,
  dateOf,
  type Expected,
  readSharedVectors,
  type TextHeaders,
  wire,
} from "./vectors.ts";

interface Vector {
  readonly id: string;
  readonly group: string;
  readonly input: {
    readonly mode: "header" | "presign";
    readonly method: string;
    readonly url: string;
    readonly headers: TextHeaders;
    readonly bodyBase64: string | null;
    readonly service: string;
    readonly region: string;
    readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
    readonly timestamp: string;
  };
  readonly expected: Expected & {
    readonly serverCanonicalQuery?: string;
    readonly authorization?: string;
    readonly url?: string;
    readonly headersAdded?: Readonly<Record<string, string>>;
  };
}

const vectors = readSharedVectors<{ vectors: Vector[] }>("botocore-vectors.json")?.vectors ?? [];

/** Vectors that no server of the service accepts, and what the endpoint says of them. */
const refused: ReadonlyMap<string, string> = new Map([
  // botocore signs "POST" and leaves the sending of "post" to the caller; the server takes the method as sent.
  ["body-lowercase-method", "signatureMismatch"],
  ["body-unsigned-nons3", "signatureMismatch"],
]);

function hostOf(vector: Vector): string {
  return /^host:(.*)$/m.exec(vector.expected.canonicalRequest)?.[1] ?? "";
}

/** The request as botocore sends it: its own headers replace those that were given under the same name. */
function sentHeaders(vector: Vector): TextHeaders {
  const { input, expected } = vector;
  const token = input.mode === "header" ? input.credentials.sessionToken : undefined;
  const added = {
    ...expected.headersAdded,
    ...(token === undefined ? {} : { "X-Amz-Security-Token": token }),
  };
  const own: [string, string][] = [["Host", hostOf(vector)], ...Object.entries(added)];
  if (vector.id === "header-date-given") own.push(["Date", "Sun, 29 Mar 2026 01:30:05 -0000"]);
  if (expected.authorization !== undefined) own.push(["Authorization", expected.authorization]);
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [...own, ...input.headers.filter(([name]) => !names.has(name.toLowerCase()))];
}

function verify(vector: Vector, headers: TextHeaders): Verdict {
  const { input, expected } = vector;
  const target = (expected.url ?? input.url).replace(/^\w+:\/\/[^/?]*/, "");
  const body = Buffer.from(input.bodyBase64 ?? "", "base64");
  return verifySignature(wire(input.method, target, headers, body), {
    credentials: (id) => (id === input.credentials.accessKeyId ? input.credentials : null),
    region: input.region,
    service: input.service,
    now: dateOf(input.timestamp),
    tokenAfterSigning: vector.id === "presign-iot-mqtt-wss",
  });
}

/** RFC 3986 re-encoding of a path as S3 does it, `%2F` as `/`, written from the rule alone. */
function s3Path(path: string): string {
  return decodeURIComponent(path)
    .split("/")
    .map((segment) => encodeURIComponent(segment).replace(/[!'()*]/g, percent))
    .join("/");
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** botocore's texts where a server computes the same, else the server's, with the signature that they give. */
function serverForm({ group, input, expected }: Vector): Expected {
  const lines = expected.canonicalRequest.split("\n");
  if (group === "path-s3") lines[1] = s3Path(lines[1] ?? "");
  if (input.mode === "header") lines[2] = expected.serverCanonicalQuery ?? lines[2] ?? "";
  const canonicalRequest = lines.join("\n");
  if (canonicalRequest === expected.canonicalRequest) return expected;
  const head = expected.stringToSign.split("\n").slice(0, 3);
  const hash = createHash("sha256").update(toByteString(canonicalRequest), "latin1").digest("hex");
  const stringToSign = [...head, hash].join("\n");
  const [date = "", region = "", service = "", terminator = ""] = (head[2] ?? "").split("/");
  const scope = { date, region, service, terminator };
  return {
    canonicalRequest,
    stringToSign,
    signature: signatureOf(input.credentials.secretAccessKey, scope, stringToSign),
  };
}

describe("the endpoint against botocore's requests", () => {
  for (const vector of vectors) {
    const { id, expected } = vector;
    const form = serverForm(vector);
    const kind = refused.get(id);
    if (kind !== undefined) {
      it(`${id} is refused: ${kind}`, () => {
        const verdict = verify(vector, sentHeaders(vector));
        assert.equal(verdict.ok ? "accepted" : verdict.refusal.kind, kind);
      });
    } else if (form === expected) {
      it(id, () => assertAccepted(verify(vector, sentHeaders(vector)), expected));
    } else {
      it(`${id}, in the server's form only`, () => {
        const { canonicalRequest, stringToSign } = form;
        assert.deepEqual(verify(vector, sentHeaders(vector)), {
          ok: false,
          refusal: { kind: "signatureMismatch", canonicalRequest, stringToSign },
        });
        const corrected = sentHeaders(vector).map(
          ([name, value]) => [name, value.replace(expected.signature, form.signature)] as const,
        );
        assertAccepted(verify(vector, corrected), form);
      });
    }
  }

  it("has all 138 requests where they are at hand", () => {
    assert.ok(vectors.length === 0 || vectors.length === 138, `${vectors.length} requests`);
  });
});
