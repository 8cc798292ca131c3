import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { serviceDefaults } from "../../src/signing/serviceDefaults.ts";
import { type SignOptions, sign } from "../../src/signing/sign.ts";
import type { SignedRequest } from "../../src/stages.ts";
import { dateOf, headersOf, readShared, targetOfWireUrl } from "./suite.ts";

interface Vector {
  readonly id: string;
  readonly group: string;
  readonly caveat: string | null;
  readonly input: {
    readonly mode: "header" | "presign";
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly bodyBase64: string | null;
    readonly service: string;
    readonly region: string;
    readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
    readonly timestamp: string;
    readonly expires: number | null;
    readonly unsignedPayload: boolean;
    readonly sendPayloadHashHeader: boolean;
    readonly appendTokenAfterSigning: boolean;
  };
  readonly expected: {
    readonly canonicalRequest: string;
    readonly stringToSign: string;
    readonly signature: string;
    readonly canonicalPath: string;
    readonly serverCanonicalQuery?: string;
    readonly url?: string;
  };
}

async function signVector({ input }: Vector): Promise<SignedRequest> {
  const target = targetOfWireUrl(input.url);
  const headers = headersOf(target, input.headers);
  const { normalizePath, doubleEncode, presignPayload } = serviceDefaults(input.service);
  const presigning = input.mode === "presign";
  const unsigned = input.unsignedPayload || (presigning && presignPayload === "unsigned");
  const options: SignOptions = {
    mode: input.mode,
    ...(input.expires === null ? {} : { expires: input.expires }),
    payload: unsigned ? "unsigned" : "signed",
    contentSha256Header: input.sendPayloadHashHeader || input.unsignedPayload,
    normalizePath,
    doubleEncode,
    tokenAfterSigning: input.appendTokenAfterSigning,
  };
  return sign(
    { method: input.method, target, headers, body: Buffer.from(input.bodyBase64 ?? "", "base64") },
    input.credentials,
    { region: input.region, regionSource: "vector", service: input.service, serviceSource: "vector" },
    options,
    dateOf(input.timestamp),
  );
}

/** Where botocore signs what a server would not compute, or signs more than we do: our rule, written out. */
const documentedRules: ReadonlyMap<string, (canonicalRequest: string) => string> = new Map([
  ["header-accept", (text) => withoutHeader(text, "accept-encoding")],
  ["header-cookie-origin-referer", (text) => withoutHeader(text, "referer")],
  [
    "header-date-given",
    (text) =>
      text
        .replace(/^date:.*\n/m, "")
        .replace(/^host:.*$/m, "$&\nx-amz-date:20260329T013005Z")
        .replace("date;host", "host;x-amz-date"),
  ],
  ["body-lowercase-method", (text) => text.replace(/^POST/, "post")],
]);

function withoutHeader(canonicalRequest: string, name: string): string {
  return canonicalRequest
    .replace(new RegExp(`^${name}:.*\n`, "m"), "")
    .replace(new RegExp(`(^|;)${name}(?=;|$)`, "m"), "$1")
    .replace(/;;/g, ";");
}

/** RFC 3986 re-encoding of a path as S3 does it, `%2F` as `/`, written for the test from the rule alone. */
function s3Path(wirePath: string): string {
  return decodeURIComponent(wirePath)
    .split("/")
    .map((segment) =>
      encodeURIComponent(segment).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

function expectedCanonicalRequest({ id, group, input, expected }: Vector): string {
  const lines = expected.canonicalRequest.split("\n");
  if (group === "path-s3") lines[1] = s3Path(expected.canonicalPath);
  if (expected.serverCanonicalQuery !== undefined && input.mode === "header")
    lines[2] = expected.serverCanonicalQuery;
  const rule = documentedRules.get(id);
  return rule === undefined ? lines.join("\n") : rule(lines.join("\n"));
}

const vectors = readShared<{ vectors: Vector[] }>("vectors/botocore-vectors.json")?.vectors ?? [];

describe("botocore as an oracle", () => {
  for (const vector of vectors) {
    it(vector.id, async () => {
      const { trace } = await signVector(vector);
      const canonicalRequest = expectedCanonicalRequest(vector);
      assert.equal(trace?.canonicalRequest, canonicalRequest);
      const hash = createHash("sha256").update(canonicalRequest).digest("hex");
      const scope = vector.expected.stringToSign.split("\n").slice(0, 3);
      assert.equal(trace.stringToSign, [...scope, hash].join("\n"));
      if (canonicalRequest === vector.expected.canonicalRequest) {
        assert.equal(trace.signature, vector.expected.signature);
      }
    });
  }

  it("agrees with most vectors to the letter", async () => {
    const same = vectors.filter(
      (vector) => expectedCanonicalRequest(vector) === vector.expected.canonicalRequest,
    );
    assert.ok(vectors.length === 0 || same.length >= 115, `${same.length} of ${vectors.length}`);
  });
});
