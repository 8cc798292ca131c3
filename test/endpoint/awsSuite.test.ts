import assert from "node:assert/strict";
import { verifySignature } from "../../src/endpoint/verify.ts";
import { assertAccepted, type Expected, readSharedVectors, type TextHeaders, wire } from "./vectors.ts";

interface SuiteCase {
  readonly name: string;
  readonly method: string;
  readonly target: string;
  readonly headers: TextHeaders;
  readonly body: string;
  readonly context: {
    readonly credentials: { access_key_id: string; secret_access_key: string; token?: string };
    readonly normalize: boolean;
    readonly region: string;
    readonly service: string;
    readonly sign_body: boolean;
    readonly timestamp: string;
    readonly omit_session_token?: boolean;
  };
  readonly header: Expected & { readonly signedHeadersSent: TextHeaders };
  readonly presign: Expected & { readonly signedTarget: string };
}

const cases = readSharedVectors<{ cases: SuiteCase[] }>("v4-suite.json")?.cases ?? [];

function verify(suiteCase: SuiteCase, target: string, headers: TextHeaders) {
  const { context, method, body } = suiteCase;
  const { secret_access_key: secretAccessKey, token } = context.credentials;
  // Where the suite does not sign the body it hashes none.
  const bytes = Buffer.from(context.sign_body ? body : "", "utf8");
  return verifySignature(wire(method, target, headers, bytes), {
    credentials: (id) =>
      id === context.credentials.access_key_id
        ? { secretAccessKey, ...(token === undefined ? {} : { sessionToken: token }) }
        : null,
    region: context.region,
    service: context.service,
    now: new Date(context.timestamp),
    normalizePath: context.normalize,
    tokenAfterSigning: context.omit_session_token === true,
  });
}

describe("the endpoint against the AWS signing test suite", () => {
  for (const suiteCase of cases) {
    const { name, target, headers, header, presign } = suiteCase;
    it(`${name}, header`, () => {
      assertAccepted(verify(suiteCase, target, header.signedHeadersSent), header);
    });
    it(`${name}, presign`, () => {
      assertAccepted(verify(suiteCase, presign.signedTarget, headers), presign);
    });
  }

  it("has all 38 cases where the suite is at hand", () => {
    assert.ok(cases.length === 0 || cases.length === 38, `${cases.length} cases`);
  });
});
