import assert from "node:assert/strict";
import { type SignOptions, sign } from "../../src/signing/sign.ts";
import type { Credentials, Header } from "../../src/stages.ts";
import { readShared } from "./suite.ts";

interface Expected {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  readonly authorization?: string;
  readonly signedTarget?: string;
}

interface SuiteCase {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  readonly context: {
    readonly credentials: { access_key_id: string; secret_access_key: string; token?: string };
    readonly expiration_in_seconds: number;
    readonly normalize: boolean;
    readonly region: string;
    readonly service: string;
    readonly sign_body: boolean;
    readonly timestamp: string;
    readonly omit_session_token?: boolean;
  };
  readonly header: Expected;
  readonly presign: Expected;
}

const suite = readShared<{ cases: SuiteCase[] }>("vectors/v4-suite.json");

async function signCase(vector: SuiteCase, mode: "header" | "presign") {
  const { context } = vector;
  const options: SignOptions = {
    mode,
    expires: context.expiration_in_seconds,
    payload: "signed",
    contentSha256Header: context.sign_body,
    normalizePath: context.normalize,
    doubleEncode: true,
    tokenAfterSigning: context.omit_session_token === true,
  };
  const [path = "/", query = null] = vector.target.split(/\?(.*)/s);
  const headers = vector.headers.map(([name, value]): Header => ({ name, value, origin: "typed" }));
  const body = context.sign_body ? vector.body : "";
  return sign(
    {
      method: vector.method,
      target: { typed: "", scheme: "https:", host: "", port: 443, authority: "", path, query },
      headers,
      body: Buffer.from(body, "utf8"),
    },
    credentialsOf(context.credentials),
    { region: context.region, regionSource: "suite", service: context.service, serviceSource: "suite" },
    options,
    new Date(context.timestamp),
  );
}

function credentialsOf(given: SuiteCase["context"]["credentials"]): Credentials {
  return {
    accessKeyId: given.access_key_id,
    secretAccessKey: given.secret_access_key,
    ...(given.token === undefined ? {} : { sessionToken: given.token }),
  };
}

describe("AWS signing test suite", () => {
  for (const vector of suite?.cases ?? []) {
    for (const mode of ["header", "presign"] as const) {
      it(`${vector.name}, ${mode}`, async () => {
        const { trace, target } = await signCase(vector, mode);
        const expected = vector[mode];
        assert.equal(trace?.canonicalRequest, expected.canonicalRequest);
        assert.equal(trace.stringToSign, expected.stringToSign);
        assert.equal(trace.signature, expected.signature);
        if (mode === "header") assert.equal(trace.authorization, expected.authorization);
        else
          assert.deepEqual(queryPairs(target.query), queryPairs(expected.signedTarget?.split(/\?(.*)/s)[1]));
      });
    }
  }

  it("holds 38 cases where the suite is at hand", () => {
    assert.ok(suite === null || suite.cases.length === 38);
  });
});

/** The order of the parameters on the wire is free; the server sorts. */
function queryPairs(query: string | null | undefined): string[] {
  return (query ?? "").split("&").sort();
}
