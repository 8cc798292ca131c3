import assert from "node:assert/strict";
import fc from "fast-check";
import { describeToken, maskEnd, maskKeyId } from "../../src/guard/masks.ts";
import { createRedactor, type KnownSecrets } from "../../src/guard/redactor.ts";

const secretKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const token = "IQoJb3JpZ2luX2VjE+J3//////////wEaCXVzLWVhc3QtMSJHMEUCIQDx==";
const keyId = "ASIAIOSFODNN7EXAMPLE";
const privateValue = 'p&ss "wörd" <1>';

const known: KnownSecrets = {
  accessKeyIds: [keyId],
  secrets: [secretKey],
  sessionTokens: [token],
  privateValues: [privateValue],
};
const none: KnownSecrets = { accessKeyIds: [], secrets: [], sessionTokens: [], privateValues: [] };

const html: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  ["'", "&#39;"],
  ["/", "&#x2F;"],
  ["=", "&#61;"],
]);

/** The six encodings in which a canary is looked for, and some of their dialects. */
const encodings: Readonly<Record<string, (text: string) => string>> = {
  raw: (text) => text,
  percent: encodeURIComponent,
  "percent, lower case": (text) => encodeURIComponent(text).replace(/%../g, (byte) => byte.toLowerCase()),
  "percent, twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "percent, every byte": (text) => Buffer.from(text).toString("hex").replace(/../g, "%$&"),
  form: (text) => new URLSearchParams([["", text]]).toString().slice(1),
  base64: (text) => Buffer.from(text).toString("base64"),
  "base64, second place": (text) => Buffer.from(`a${text}b`).toString("base64"),
  "base64, third place": (text) => Buffer.from(`ab${text}c`).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "base64, percent-encoded": (text) => encodeURIComponent(Buffer.from(text).toString("base64")),
  hex: (text) => Buffer.from(text).toString("hex"),
  "hex, upper case": (text) => Buffer.from(text).toString("hex").toUpperCase(),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "JSON, solidus escaped": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "JSON, escaped for HTML": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[<>&=+']/g, (found) => `\\u00${found.charCodeAt(0).toString(16)}`),
  "JSON in JSON": (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1),
  HTML: (text) => text.replace(/[&<>"'/=]/g, (found) => html.get(found) ?? found),
};

/** Long pieces of a canary, so that half of one does not count as hidden. */
function pieces(text: string): readonly string[] {
  return Array.from({ length: Math.max(1, text.length - 9) }, (_, at) => text.slice(at, at + 10));
}

describe("the redactor, of known secrets", () => {
  const { text } = createRedactor(known);

  for (const [name, encode] of Object.entries(encodings)) {
    it(`hides them in ${name}`, () => {
      const shown = text(`before ${[secretKey, token, privateValue].map(encode).join(" | ")} after`);
      for (const canary of [secretKey, token, privateValue]) {
        const left = pieces(encode(canary)).filter((piece) => piece.length === 10 && shown.includes(piece));
        assert.deepEqual(left, [], shown);
      }
      assert.match(shown, /^before .*‹secret›.* \| .*‹token, \d+ chars›.* \| .*‹private value›.* after$/);
    });
  }

  it("hides a secret that begins with blanks from a form body", () => {
    const { text: redact } = createRedactor({ ...none, secrets: ["  pass phrase"] });
    assert.equal(redact("a=++pass+phrase&b=1"), "a=‹secret›&b=1");
  });

  it("shows what may be shown", () => {
    assert.equal(
      text(`key ${keyId}, secret ${secretKey}, token ${token}, ${privateValue}.`),
      `key ASIA…MPLE, secret ‹secret›, token ‹token, ${token.length} chars›, ‹private value›.`,
    );
  });

  it("invariant 1: leaves no canary in any encoding in any surroundings", () => {
    const canary = fc.string({ unit: "grapheme", minLength: 12, maxLength: 60 });
    const around = fc.string({
      unit: fc.constantFrom("a", "%", "2", "5", "\\", "u", "&", "#", "=", '"', "‹", "\n"),
    });
    const kinds = fc.constantFrom(...Object.keys(encodings));
    fc.assert(
      fc.property(canary, around, around, kinds, (secret, before, after, kind) => {
        const { text: redact } = createRedactor({ ...none, secrets: [secret] });
        const encoded = encodings[kind]?.(secret) ?? "";
        const stable = kind.includes("base64") ? encoded.slice(3, -8) : encoded;
        const shown = redact(`${before} ${encoded} ${after}`);
        assert.equal(shown.includes(stable), false, shown);
      }),
      { numRuns: 500 },
    );
  });

  it("redacting twice is redacting once", () => {
    const parts = fc.constantFrom(
      ...Object.values(encodings).flatMap((encode) => [secretKey, token, keyId, privateValue].map(encode)),
      "Authorization: ",
      "X-Amz-Security-Token=",
      '"SecretAccessKey": "',
      "Credential=",
      "Signature=",
      "‹",
      "›",
      "‹secret›",
      "‹token, 9 chars›",
      "/",
      '"',
      "\\",
      " ",
      "\n",
      "a",
      "0123456789abcdef0123",
      "AKIAIOSFODNN7EXAMPLF",
    );
    const redactor = createRedactor({ ...known, privateValues: ["secret", "private value", "token,"] });
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (found) => {
        const once = redactor.text(found.join(""));
        assert.equal(redactor.text(once), once);
      }),
      { numRuns: 500 },
    );
  });

  it("does not let brackets around a secret hide it", () => {
    assert.equal(text(`‹${secretKey}›`), "‹‹secret››");
  });

  it("hides what a sentence breaks off in, and once is enough", () => {
    const { message } = createRedactor(known);
    const shown = message(`"${secretKey.slice(0, 9)}…" of ${keyId} and ${privateValue.slice(0, 6)}…`);
    assert.equal(shown, '"‹secret›…" of ASIA…MPLE and ‹private value›…');
    assert.equal(message(shown), shown);
  });

  it("prefers the longer of two that begin alike", () => {
    const redact = createRedactor({ ...none, secrets: ["abcdef"], privateValues: ["abcdefghi"] });
    assert.equal(redact.text("abcdefghi abcdefgh"), "‹private value› ‹secret›gh");
  });

  it("leaves very short ones alone: they are in everything", () => {
    const redact = createRedactor({ ...none, secrets: ["", "a"], privateValues: ["12345", "123456"] });
    assert.equal(redact.text("a 12345 123456"), "a 12345 ‹private value›");
  });

  it("is linear", () => {
    const unlucky = [
      "%",
      "\\",
      "&",
      "a",
      "SecretAccessKey: ",
      "authorization: ",
      '"authorization": [',
      '"authorization": "\\"',
      secretKey.slice(0, -1),
      "Credential=aaaaaaaaaaaa",
    ];
    const time = (size: number, part: string): number => {
      const long = part.repeat(Math.ceil(size / part.length));
      const started = performance.now();
      text(long);
      return performance.now() - started;
    };
    // Quadratic work on 200 kB would take minutes.
    for (const part of unlucky) assert.ok(time(200_000, part) < 2_000, part);
  });
});

describe("the redactor, of secrets by their shape", () => {
  const { text, field } = createRedactor(none);
  const showing = createRedactor(none, { showSignature: true });
  const signature = "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7";
  const authorization = (id: string, hex: string): string =>
    `AWS4-HMAC-SHA256 Credential=${id}/20150830/us-east-1/iam/aws4_request, SignedHeaders=host;x-amz-date, Signature=${hex}`;

  it("masks the Authorization header", () => {
    const typed = authorization("AKIDEXAMPLE000000001", signature);
    assert.equal(field("Authorization", typed), authorization("AKID…0001", "‹signature›"));
    assert.equal(showing.field("authorization", typed), authorization("AKID…0001", signature));
    assert.equal(
      text(`Authorization: ${typed}`),
      `Authorization: ${authorization("AKID…0001", "‹signature›")}`,
    );
    assert.deepEqual(
      ["Bearer abc.def", "Basic YTpi", "AWS id secret token:t", "abc", ""].map((value) =>
        field("AUTHORIZATION", value),
      ),
      ["Bearer ‹secret›", "Basic ‹secret›", "AWS ‹secret›", "‹secret›", ""],
    );
    assert.equal(field("Proxy-Authorization", "Basic YTpi"), "Basic ‹secret›");
    assert.equal(text('{"authorization": "Bearer abc"}'), '{"authorization": "Bearer ‹secret›"}');
    assert.equal(
      text(String.raw`{"authorization":"Digest username=\"pet\", response=\"6629fae\"","b":1}`),
      '{"authorization":"Digest ‹secret›","b":1}',
    );
    assert.equal(
      text(JSON.stringify({ log: JSON.stringify({ authorization: 'Digest response="6629fae"', b: 1 }) })),
      String.raw`{"log":"{\"authorization\":\"Digest ‹secret›\",\"b\":1}"}`,
    );
    assert.equal(
      text("{'Authorization': 'Basic dTpw', 'b': 1}"),
      "{'Authorization': 'Basic ‹secret›', 'b': 1}",
    );
  });

  it("leaves JSON that holds no secret, and keeps it JSON", () => {
    for (const json of [
      '{"authorization":null,"url":"/one"}',
      '{"headers":{"Authorization":null}}',
      '{"authorization":true,"b":2}',
      '{"authorization":[],"b":2}',
      '{"authorization":{"type":"none"},"b":2}',
      '{"SecretAccessKey":null,"SessionToken": null,"AccessKeyId" : null}',
      String.raw`{"log":"{\"authorization\":null,\"SessionToken\":null}"}`,
    ]) {
      assert.equal(text(json), json);
    }
    assert.equal(text('{"authorization": 123456,"b":2}'), '{"authorization": "‹secret›","b":2}');
  });

  it("hides headers that JSON holds in lists", () => {
    assert.equal(
      text('{"Authorization":["Basic dTpw","Bearer abc"],"b":["c"]}'),
      '{"Authorization":["Basic ‹secret›","Bearer ‹secret›"],"b":["c"]}',
    );
    assert.equal(
      text('{"Authorization": [\n    "Basic dTpw"\n  ]}'),
      '{"Authorization": [\n    "Basic ‹secret›"\n  ]}',
    );
    assert.equal(
      text(`{"X-Amz-Security-Token":["${token}"],"SecretAccessKey": [ "${secretKey}" ]}`),
      `{"X-Amz-Security-Token":["${describeToken(token)}"],"SecretAccessKey": [ "‹secret›" ]}`,
    );
  });

  it("describes the session token", () => {
    assert.equal(field("X-Amz-Security-Token", "abc/def=="), "‹token, 9 chars›");
    assert.equal(text("x-amz-security-token:abc/def==\nhost"), "x-amz-security-token:‹token, 9 chars›\nhost");
    assert.equal(field("X-Amz-Date", "20150830T123600Z"), "20150830T123600Z");
  });

  it("masks presigned URLs", () => {
    const url = (id: string, hex: string, session: string): string =>
      `https://b.s3.amazonaws.com/k?X-Amz-Credential=${id}%2F20150830%2Fus-east-1&X-Amz-Signature=${hex}&X-Amz-Security-Token=${session}&a=1`;
    assert.equal(
      text(url("AKIAIOSFODNN7EXAMPLE", signature, "abc%2Fdef")),
      url("AKIA…MPLE", "‹signature›", "‹token, 9 chars›"),
    );
    assert.equal(
      showing.text(url("AKIAIOSFODNN7EXAMPLE", signature, "abc%2Fdef")),
      url("AKIA…MPLE", signature, "‹token, 9 chars›"),
    );
  });

  it("masks the answers of STS, in JSON, in JSON as a string, and in XML", () => {
    const json = (id: string, secret: string, session: string): string =>
      `{"AccessKeyId":"${id}", "SecretAccessKey" : "${secret}","SessionToken":"${session}","Expiration":1}`;
    const xml = (id: string, secret: string, session: string): string =>
      `<AccessKeyId>${id}</AccessKeyId><SecretAccessKey>${secret}</SecretAccessKey><SessionToken>${session}</SessionToken>`;
    const typed = ["ASIAXXXXXXXXXXXXWXYZ", "a/b+c", "IQo/b3J="] as const;
    const masked = ["ASIA…WXYZ", "‹secret›", "‹token, 8 chars›"] as const;
    assert.equal(text(json(...typed)), json(...masked));
    assert.equal(text(JSON.stringify(json(...typed))), JSON.stringify(json(...masked)));
    assert.equal(text(xml(...typed)), xml(...masked));
    assert.equal(
      text(
        "aws_access_key_id = AKIAXXXXXXXXXXXXWXYZ\naws_secret_access_key=a/b+c\naws_session_token = IQo/b3J=\n",
      ),
      "aws_access_key_id = AKIA…WXYZ\naws_secret_access_key=‹secret›\naws_session_token = ‹token, 8 chars›\n",
    );
    assert.equal(text('{"secretAccessKey":"cut off'), '{"secretAccessKey":"‹secret› off');
  });

  it("masks key ids wherever they stand, and nothing that only looks a little like one", () => {
    assert.equal(
      text("AKIAIOSFODNN7EXAMPLE ASIAIOSFODNN7EXAMPLE AKIA MAKIAIOSFODNN7EXAMPLE AROAIOSFODNN7EXAMPLE"),
      "AKIA…MPLE ASIA…MPLE AKIA MAKIAIOSFODNN7EXAMPLE AROAIOSFODNN7EXAMPLE",
    );
  });

  it("leaves everything else alone", () => {
    const plain =
      '{"message":"Signature expired: 20150830 is now earlier than 20150831","Signature=":"x"} Cookie: a=b';
    assert.equal(text(plain), plain);
    assert.equal(field("X-Cookie-Note", "a=b"), "a=b");
  });
});

describe("the redactor, of JSON values", () => {
  const { json } = createRedactor(known);

  it("redacts strings and keys at any depth and keeps the rest", () => {
    const value = {
      a: [1, true, null, `x ${secretKey}`],
      [secretKey]: {
        SessionToken: "abc",
        sessionToken: 7,
        AccessKeyId: keyId,
        nested: { secretAccessKey: "s" },
      },
    };
    assert.deepEqual(json(value), {
      a: [1, true, null, "x ‹secret›"],
      "‹secret›": {
        SessionToken: "‹token, 3 chars›",
        sessionToken: 7,
        AccessKeyId: "ASIA…MPLE",
        nested: { secretAccessKey: "‹secret›" },
      },
    });
  });

  it("takes hostile keys as data", () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":"yes"},"constructor":"c"}');
    const shown = json(value);
    assert.equal(JSON.stringify(shown), '{"__proto__":{"polluted":"yes"},"constructor":"c"}');
    assert.equal(Object.getPrototypeOf(shown), Object.prototype);
  });

  it("shows nothing of what it does not know, and ends", () => {
    let deep: unknown = secretKey;
    for (let level = 0; level < 5_000; level += 1) deep = [deep];
    assert.equal(JSON.stringify(json(deep)).includes("wJalr"), false);
    class Holder {
      readonly secretKey = secretKey;
    }
    assert.deepEqual(json([new Holder(), new Error(secretKey)]), ["[object Object]", "Error: ‹secret›"]);
  });
});

describe("masks", () => {
  it("are what they are", () => {
    assert.deepEqual(["AKIAIOSFODNN7EXAMPLE", "AKIA…MPLE", "short", "", "‹secret›"].map(maskKeyId), [
      "AKIA…MPLE",
      "AKIA…MPLE",
      "‹secret›",
      "‹secret›",
      "‹secret›",
    ]);
    assert.deepEqual(["abc", "‹token, 3 chars›"].map(describeToken), [
      "‹token, 3 chars›",
      "‹token, 3 chars›",
    ]);
    assert.deepEqual(
      [maskEnd("‹secret›x", 0), maskEnd("x‹secret›", 1), maskEnd("‹other›", 0), maskEnd("", 0)],
      [8, 9, -1, -1],
    );
  });
});
