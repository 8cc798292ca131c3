import assert from "node:assert/strict";
import type { Endpoint } from "../../src/endpoint/startEndpoint.ts";
import { s3Xml } from "./causeRows.ts";
import { jsonOf, type Reply, send, sendSigned, startAtNoon } from "./client.ts";
import { expired, minutesFromNoon, temporary } from "./refusalRows.ts";
import { keys, noon, signedRequest, type ToSign, type WireRequest, withHeader } from "./signedRequest.ts";

const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const mismatch =
  "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
const malformed = "<Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; ";
const queryError = "<Code>AuthorizationQueryParametersError</Code><Message>";

function signing(request: ToSign): (host: string) => WireRequest {
  return (host) => signedRequest({ host, service: "s3", ...request });
}

function changed(name: string, change: (value: string) => string | null) {
  return (host: string) => withHeader(signing({})(host), name, change);
}

function authorized(authorization: string) {
  return (host: string): WireRequest => ({
    method: "GET",
    path: "/prod/pets",
    headers: [
      ["Host", host],
      ["Authorization", authorization],
    ],
    body: "",
  });
}

const rows: readonly [name: string, (host: string) => WireRequest, status: number, elements: string][] = [
  [
    "an unsigned request",
    (host) => ({ ...authorized("")(host), headers: [["Host", host]] }),
    403,
    "<Code>AccessDenied</Code><Message>Access Denied</Message>",
  ],
  [
    "a bearer token",
    authorized("Bearer SomeKey"),
    400,
    "<Code>InvalidArgument</Code><Message>Unsupported Authorization Type</Message><ArgumentName>Authorization</ArgumentName>",
  ],
  [
    "a signature without its credential",
    authorized("AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00"),
    400,
    `${malformed}the authorization header requires three components: Credential, SignedHeaders, and Signature.</Message>`,
  ],
  [
    "a short credential",
    changed("authorization", (value) => value.replace("/us-east-1", "")),
    400,
    `${malformed}the Credential is mal-formed; expecting "&lt;YOUR-AKID&gt;/YYYYMMDD/REGION/SERVICE/aws4_request".</Message>`,
  ],
  [
    "another region",
    signing({ region: "eu-west-1" }),
    400,
    `${malformed}the region 'eu-west-1' is wrong; expecting 'us-east-1'</Message><Region>us-east-1</Region>`,
  ],
  [
    "another region in a presigned URL",
    signing({ region: "eu-west-1", expires: 60 }),
    400,
    `${queryError}Error parsing the X-Amz-Credential parameter; the region 'eu-west-1' is wrong; expecting 'us-east-1'</Message><Region>us-east-1</Region>`,
  ],
  [
    "another service",
    signing({ service: "execute-api" }),
    400,
    `${malformed}incorrect service "execute-api". This endpoint belongs to "s3".</Message>`,
  ],
  [
    "another terminator",
    changed("authorization", (value) => value.replace("aws4_request", "aws5_request")),
    400,
    `${malformed}incorrect terminal "aws5_request". This endpoint uses "aws4_request".</Message>`,
  ],
  [
    "another date in the scope",
    changed("authorization", (value) => value.replace("/20260329/", "/20260328/")),
    400,
    `${malformed}Invalid credential date. Date is not the same as X-Amz-Date.</Message>`,
  ],
  [
    "a clock that is behind",
    signing({ date: minutesFromNoon(-16) }),
    403,
    "<Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>20260329T114400Z</RequestTime><ServerTime>2026-03-29T12:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>",
  ],
  [
    "a clock that is ahead",
    signing({ date: minutesFromNoon(16) }),
    403,
    "<Code>RequestTimeTooSkewed</Code><Message>The difference between the request time and the current time is too large.</Message><RequestTime>20260329T121600Z</RequestTime><ServerTime>2026-03-29T12:00:00Z</ServerTime><MaxAllowedSkewMilliseconds>900000</MaxAllowedSkewMilliseconds>",
  ],
  [
    "an expired presigned URL",
    signing({ date: minutesFromNoon(-11), expires: 600 }),
    403,
    "<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>600</X-Amz-Expires><Expires>2026-03-29T11:59:00Z</Expires><ServerTime>2026-03-29T12:00:00Z</ServerTime>",
  ],
  [
    "a presigned URL of the future",
    signing({ date: minutesFromNoon(16), expires: 600 }),
    403,
    "<Code>AccessDenied</Code><Message>Request is not valid yet</Message>",
  ],
  [
    "an unknown key",
    signing({ credentials: { ...keys, accessKeyId: "AKIAUNKNOWN" } }),
    403,
    "<Code>InvalidAccessKeyId</Code><Message>The AWS Access Key Id you provided does not exist in our records.</Message><AWSAccessKeyId>AKIAUNKNOWN</AWSAccessKeyId>",
  ],
  [
    "another session token: it is counted, not shown",
    signing({ credentials: { ...temporary, sessionToken: "another token" } }),
    400,
    "<Code>InvalidToken</Code><Message>The provided token is malformed or otherwise invalid.</Message><Token-0>‹token, 13 chars›</Token-0>",
  ],
  [
    "an expired token: it is counted, not shown",
    signing({ credentials: expired }),
    400,
    "<Code>ExpiredToken</Code><Message>The provided token has expired.</Message><Token-0>‹token, 3 chars›</Token-0>",
  ],
  [
    "an x-amz-* header that is not signed",
    (host) => {
      const request = signing({})(host);
      return { ...request, headers: [...request.headers, ["x-amz-acl", "private"]] };
    },
    403,
    "<Code>AccessDenied</Code><Message>There were headers present in the request which were not signed</Message><HeadersNotSigned>x-amz-acl</HeadersNotSigned>",
  ],
  [
    "no payload hash",
    (host) =>
      withHeader(changed("x-amz-content-sha256", () => null)(host), "authorization", (value) =>
        value.replace(";x-amz-content-sha256", ""),
      ),
    400,
    "<Code>InvalidRequest</Code><Message>Missing required header for this request: x-amz-content-sha256</Message>",
  ],
  [
    "another payload hash",
    signing({ headers: { "X-Amz-Content-Sha256": "0".repeat(64) } }),
    400,
    `<Code>XAmzContentSHA256Mismatch</Code><Message>The provided 'x-amz-content-sha256' header does not match what was computed.</Message><ClientComputedContentSHA256>${"0".repeat(64)}</ClientComputedContentSHA256><S3ComputedContentSHA256>${emptyHash}</S3ComputedContentSHA256>`,
  ],
  [
    "a path that no policy allows",
    signing({ path: "/prod/forbidden" }),
    403,
    "<Code>AccessDenied</Code><Message>User: arn:aws:iam::123456789012:user/local is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:us-east-1:********9012:local/prod/GET/forbidden</Message>",
  ],
];

describe("the refusals of an endpoint for S3, word by word", () => {
  let endpoint: Endpoint;
  before(async () => {
    endpoint = await startAtNoon({
      service: "s3",
      random: (size) => new Uint8Array(size),
      credentials: [keys, temporary, { ...expired, expiration: noon }],
    });
  });
  after(() => endpoint.close());

  function isS3(reply: Reply): void {
    assert.equal(reply.headers["content-type"], "application/xml");
    assert.equal(reply.headers["x-amz-request-id"], "0000000000000000");
    assert.equal(reply.headers["x-amzn-errortype"], undefined);
  }

  for (const [name, request, status, elements] of rows) {
    it(name, async () => {
      const reply = await send(endpoint.port, request(endpoint.authority));
      assert.deepEqual([reply.status, reply.body.toString("utf8")], [status, s3Xml(elements)]);
      isS3(reply);
    });
  }

  it("a wrong secret: canonical request and string to sign are told, as text and as bytes", async () => {
    const credentials = { ...keys, secretAccessKey: "wrong" };
    const reply = await sendSigned(endpoint, { service: "s3", path: "/prod/pets?a=%26", credentials });
    const body = reply.body.toString("utf8");
    const canonical = `GET\n/prod/pets\na=%26\nhost:${endpoint.authority}\nx-amz-content-sha256:${emptyHash}\nx-amz-date:20260329T120000Z\n\nhost;x-amz-content-sha256;x-amz-date\n${emptyHash}`;
    const toSign = /<StringToSign>([^<]*)</.exec(body)?.[1] ?? "";
    const hex = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, "0"));
    assert.match(
      toSign,
      /^AWS4-HMAC-SHA256\n20260329T120000Z\n20260329\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/,
    );
    assert.equal(
      body,
      s3Xml(
        [
          `<Code>SignatureDoesNotMatch</Code><Message>${mismatch}</Message>`,
          `<AWSAccessKeyId>${keys.accessKeyId}</AWSAccessKeyId><StringToSign>${toSign}</StringToSign>`,
          "<SignatureProvided>‹signature, 64 chars›</SignatureProvided>",
          `<StringToSignBytes>${hex(toSign).join(" ")}</StringToSignBytes>`,
          `<CanonicalRequest>${canonical}</CanonicalRequest>`,
          `<CanonicalRequestBytes>${hex(canonical).join(" ")}</CanonicalRequestBytes>`,
        ].join(""),
      ),
    );
    isS3(reply);
  });

  it("writes what a request says as text, never as elements", async () => {
    const request = signing({ region: "<b>&amp;" })(endpoint.authority);
    const reply = await send(endpoint.port, request);
    assert.match(reply.body.toString(), /the region '&lt;b&gt;&amp;amp;' is wrong/);
  });

  it("serves what is signed within S3's fifteen minutes", async () => {
    const reply = await sendSigned(endpoint, { service: "s3", date: minutesFromNoon(-14) });
    assert.deepEqual([reply.status, (jsonOf(reply) as { total: number }).total], [200, 3]);
  });
});
