import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../src/errors.ts";
import { durationInWords } from "../../src/transport/deadline.ts";
import { escapedExcerpt, inertText, withoutSecrets } from "../../src/transport/excerpt.ts";
import { type FaultContext, tripError } from "../../src/transport/faultContext.ts";
import { explainFault } from "../../src/transport/faults.ts";
import { fieldsOf, headText, wireText } from "../../src/transport/head.ts";
import { isLoopbackHost } from "../../src/transport/loopback.ts";
import { misspeltRegion, regionNames } from "../../src/transport/nearestRegion.ts";
import { sizeInWords } from "../../src/transport/sizeInWords.ts";
import { startStopwatch } from "../../src/transport/timings.ts";
import type { WirePhase } from "../../src/transport/wirePhase.ts";

const context: FaultContext = {
  phase: "connect",
  host: "api.example.test",
  connectHost: "api.example.test",
  connectPort: 443,
  peer: "api.example.test:443",
  toProxy: false,
  proxy: null,
  secure: true,
  received: new Uint8Array(),
  receivedCount: 0,
  headLimit: 300 * 1024,
  certificate: null,
};

const systemError = (code: string, syscall = "connect") =>
  Object.assign(new Error("raw text of Node"), { code, syscall });
const hangUp = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

describe("explainFault", () => {
  const cases: readonly (readonly [
    error: Error,
    change: Partial<FaultContext>,
    code: string,
    message: string,
  ])[] = [
    [
      systemError("EHOSTUNREACH"),
      {},
      "E_UNREACHABLE",
      "There is no route from this machine to api.example.test:443.",
    ],
    [
      systemError("ETIMEDOUT"),
      {},
      "E_CONNECT_TIMEOUT",
      "The connection to api.example.test:443 was given up by the operating system: no answer.",
    ],
    [
      systemError("EMFILE"),
      {},
      "E_TOO_MANY_FILES",
      "Could not connect to api.example.test:443: this process has too many files and connections open.",
    ],
    [
      systemError("ECONNRESET", "read"),
      {},
      "E_CONNECT_RESET",
      "api.example.test:443 reset the connection while it was being connected to.",
    ],
    [
      hangUp,
      { phase: "body" },
      "E_BODY_CUT",
      "api.example.test:443 closed the connection before the body was complete.",
    ],
    [
      hangUp,
      { phase: "head", proxy: "the proxy http://p:1 (HTTPS_PROXY)" },
      "E_NO_ANSWER",
      "api.example.test:443 through the proxy http://p:1 (HTTPS_PROXY) closed the connection without answering.",
    ],
    [
      systemError("EWHATEVER"),
      { phase: "tls" },
      "E_TRANSFER",
      'The transfer with api.example.test:443 failed in the phase "tls": EWHATEVER.',
    ],
    [
      new Error("raw"),
      {},
      "E_TRANSFER",
      'The transfer with api.example.test:443 failed in the phase "connect": an unexpected error.',
    ],
    [
      Object.assign(new Error("x"), { code: "ERR_SSL_BAD_EXTENSION" }),
      { phase: "tls" },
      "E_TLS",
      "TLS with api.example.test:443 failed: bad extension.",
    ],
    [
      Object.assign(new Error("x"), { code: "CERT_HAS_EXPIRED" }),
      { phase: "tls" },
      "E_TLS_EXPIRED",
      "A certificate of api.example.test:443 expired.",
    ],
    [
      Object.assign(new Error("x"), { code: "HPE_NEW_KIND", reason: "Something new" }),
      { phase: "head", received: Buffer.from("HTTP/1.1 200 OK\r\n\r\n") },
      "E_RESPONSE_MALFORMED",
      'The response of api.example.test:443 is malformed: Something new (HPE_NEW_KIND). It begins "HTTP/1.1 200 OK\\r\\n\\r\\n".',
    ],
  ];
  for (const [error, change, code, message] of cases) {
    it(`says of ${"code" in error ? error.code : "an unknown error"} in ${change.phase ?? "connect"}: ${code}`, () => {
      const explained = explainFault(error, { ...context, ...change });
      assert.deepEqual([explained.code, explained.message, explained.cause], [code, message, error]);
      assert.ok((explained.hint ?? "") !== "");
    });
  }

  it("passes on an error that is already for the person", () => {
    const error = new UserError({ code: "E_X", phase: "guard", message: "No." });
    assert.equal(explainFault(error, context), error);
    assert.deepEqual(tripError(error), { code: "E_X", phase: "guard", message: "No.", hint: null });
  });

  it("says something of every code in every phase, without Node's text", () => {
    const phases: readonly WirePhase[] = ["dns", "connect", "proxy", "tls", "send", "head", "body"];
    const codes = [
      "ENOTFOUND",
      "ECONNREFUSED",
      "ECONNRESET",
      "EPIPE",
      "EPROTO",
      "HPE_INVALID_CONSTANT",
      "",
      "x",
    ];
    for (const phase of phases) {
      for (const code of codes) {
        const { message } = explainFault(systemError(code), { ...context, phase });
        assert.match(message, /^(?=\S).*api\.example\.test.*\.$/, `${phase} ${code}`);
        assert.ok(!message.includes("raw text"));
      }
    }
  });
});

describe("misspeltRegion", () => {
  for (const [host, expected] of [
    ["sqs.eu-wst-1.amazonaws.com", "eu-west-1"],
    ["x.execute-api.us-esat-1.amazonaws.com", "us-east-1"],
    ["s3.eu-central1.amazonaws.com", "eu-central-1"],
    ["sqs.eu-west-1.amazonaws.com", null],
    ["my-host-1.example.test", null],
    ["api.example.test", null],
  ] as const) {
    it(`${host}: ${expected ?? "nothing"}`, () => {
      assert.equal(misspeltRegion(host)?.region ?? null, expected);
    });
  }

  it("takes no region for a misspelt one", () => {
    for (const region of regionNames) assert.equal(misspeltRegion(`sqs.${region}.amazonaws.com`), null);
  });
});

describe("a fault of TLS, as each library spells it", () => {
  const eproto = (reason: string) =>
    Object.assign(
      new Error(`write EPROTO 1:error:100000f7:SSL routines:OPENSSL_internal:${reason}:../tls.cc:9:`),
      {
        code: "EPROTO",
      },
    );
  const coded = (code: string) => Object.assign(new Error("raw"), { code });
  const handshake: FaultContext = { ...context, phase: "tls" };
  for (const [error, code] of [
    [eproto("wrong version number"), "E_NOT_TLS"],
    [eproto("WRONG_VERSION_NUMBER"), "E_NOT_TLS"],
    [coded("ERR_SSL_WRONG_VERSION_NUMBER"), "E_NOT_TLS"],
    [eproto("HTTP_REQUEST"), "E_NOT_TLS"],
    [eproto("PACKET_LENGTH_TOO_LONG"), "E_NOT_TLS"],
    [eproto("UNEXPECTED_MESSAGE"), "E_NOT_TLS"],
    [eproto("UNSUPPORTED_PROTOCOL"), "E_TLS_VERSION"],
    [eproto("TLSV1_ALERT_PROTOCOL_VERSION"), "E_TLS_VERSION"],
    [eproto("tlsv1 alert protocol version"), "E_TLS_VERSION"],
    [eproto("ssl/tls alert protocol version"), "E_TLS_VERSION"],
    [eproto("sslv3 alert handshake failure"), "E_TLS_HANDSHAKE"],
    [eproto("ssl/tls alert handshake failure"), "E_TLS_HANDSHAKE"],
    [eproto("SSLV3_ALERT_HANDSHAKE_FAILURE"), "E_TLS_HANDSHAKE"],
    [coded("ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE"), "E_TLS_HANDSHAKE"],
    [coded("ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE"), "E_TLS_HANDSHAKE"],
    [eproto("TLSV1_UNRECOGNIZED_NAME"), "E_TLS_NAME"],
    [eproto("tlsv1 alert unrecognized name"), "E_TLS_NAME"],
    [eproto("TLSV1_ALERT_NO_APPLICATION_PROTOCOL"), "E_HTTP2_ONLY"],
    [eproto("TLSV13_ALERT_CERTIFICATE_REQUIRED"), "E_TLS_CLIENT_CERTIFICATE"],
    [eproto("TLSV1_CERTIFICATE_REQUIRED"), "E_TLS_CLIENT_CERTIFICATE"],
    [eproto("ssl/tls alert bad certificate"), "E_TLS_CLIENT_CERTIFICATE"],
    [eproto("TLSV1_ALERT_UNKNOWN_CA"), "E_TLS_CLIENT_CERTIFICATE"],
    [eproto("SOMETHING_ELSE"), "E_TLS"],
  ] as const) {
    it(`${error.code === "EPROTO" ? error.message : error.code}: ${code}`, () =>
      assert.equal(explainFault(error, handshake).code, code));
  }
});

describe("what is shown of foreign bytes", () => {
  it("is escaped and clipped", () => {
    assert.equal(
      escapedExcerpt(Buffer.from('a"\\\t\r\n\0\x7f\xff', "latin1"), 64),
      'a\\"\\\\\\t\\r\\n\\x00\\x7f\\xff',
    );
    assert.equal(escapedExcerpt(Buffer.from("abcdef"), 3), "abc…");
    assert.equal(inertText('é "x"\u001b]0;\u202e\u2028', 64), 'é "x"\\u{1b}]0;\\u{202e}\\u{2028}');
  });

  it("has only printable ASCII, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        assert.match(escapedExcerpt(bytes, bytes.length), /^[ -~]*$/);
      }),
    );
  });

  it("holds no run of a secret, wherever it is cut", () => {
    const secret = "abcdefghijklmnopqrstuvwxyz";
    fc.assert(
      fc.property(fc.nat(18), fc.nat(18), fc.string({ maxLength: 20 }), (from, length, before) => {
        const part = secret.slice(from, from + 8 + length);
        const shown = Buffer.from(withoutSecrets(Buffer.from(`${before}${part}`), [secret])).toString();
        assert.ok(part.length < 8 || !shown.includes(part));
      }),
    );
    assert.equal(
      Buffer.from(withoutSecrets(Buffer.from("xx abcdefghij yy"), [secret])).toString(),
      "xx ********** yy",
    );
  });
});

describe("the text of a head", () => {
  it("comes back as it went out", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        assert.equal(headText(wireText(text)), text);
      }),
    );
  });

  it("is Latin-1 when it is not UTF-8", () => assert.equal(headText("caf\u00e9"), "café"));

  it("is taken in pairs", () => {
    assert.deepEqual(fieldsOf(["A", "1", "__proto__", "2", "odd"]), [
      ["A", "1"],
      ["__proto__", "2"],
    ]);
  });
});

describe("isLoopbackHost", () => {
  for (const [host, expected] of [
    ["127.0.0.1", true],
    ["127.255.0.9", true],
    ["::1", true],
    ["0:0:0:0:0:0:0:1", true],
    ["::ffff:127.0.0.1", true],
    ["LOCALHOST", true],
    ["a.b.localhost.", true],
    ["128.0.0.1", false],
    ["::2", false],
    ["notlocalhost", false],
    ["localhost.example.test", false],
  ] as const) {
    it(`${host}: ${expected}`, () => assert.equal(isLoopbackHost(host), expected));
  }
});

describe("numbers in words", () => {
  it("durations", () => {
    assert.deepEqual([50, 1500, 10_000, 90_000].map(durationInWords), ["50 ms", "1.5 s", "10 s", "90 s"]);
  });
  it("sizes", () => {
    assert.deepEqual([12, 300 * 1024, 1.5 * 1024 * 1024].map(sizeInWords), ["12 bytes", "300 KB", "1.5 MB"]);
  });
});

describe("a stopwatch", () => {
  it("times laps one after another, adding up what is entered twice", () => {
    let time = 100;
    const watch = startStopwatch(() => time);
    const lap = (name: Parameters<typeof watch.enter>[0], lasts: number) => {
      watch.enter(name);
      time += lasts;
    };
    time = 105;
    lap("dns", 1.5);
    lap("connect", 2);
    lap("connect", 3);
    lap("dns", 4);
    watch.stop();
    time = 999;
    watch.stop();
    watch.enter("tls");
    assert.deepEqual(watch.read(), {
      proxy: null,
      dns: 5.5,
      connect: 5,
      tls: null,
      firstByte: null,
      download: null,
      total: 15.5,
    });
  });
});
