import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import type { TlsOptions } from "node:tls";
import { type CertificateWish, certificate, type KeyPair } from "../transport/certificates.ts";
import { answer, answering, rawServer, tlsServer } from "../transport/servers.ts";
import { type FaultWorld, faultCases, type Scenario, type Seen, signed } from "./matrix.ts";

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

let authority: KeyPair;
let trusted: KeyPair;

/** A request to a port of this machine, by a person who trusts the tests' authority. */
async function secure({ write }: FaultWorld, port: number, more: Partial<Scenario> = {}): Promise<Scenario> {
  const bundle = await write("ca.pem", authority.cert);
  const env = { AWS_CA_BUNDLE: bundle, ...more.env };
  return { text: `${signed}GET https://localhost:${port}/\n`, host: `localhost:${port}`, ...more, env };
}

/** The same, to a server with a certificate that the authority issued. */
async function issued(world: FaultWorld, wish: CertificateWish, more: Partial<Scenario> = {}) {
  const made = await certificate({ issuer: authority, ...wish });
  const { port } = await tlsServer(made, answer(ok));
  const { validFrom, validTo } = new X509Certificate(made.cert);
  return { made: { validFrom, validTo }, port, scenario: await secure(world, port, more) };
}

async function ofVersion(world: FaultWorld, version: "TLSv1" | "TLSv1.1"): Promise<Scenario> {
  const options: TlsOptions = {
    ...trusted,
    minVersion: version,
    maxVersion: version,
    ciphers: "DEFAULT@SECLEVEL=0",
  };
  return secure(world, (await tlsServer(options, answer(ok))).port);
}

async function wantingClient(world: FaultWorld, maxVersion: "TLSv1.2" | "TLSv1.3"): Promise<Scenario> {
  const options = { ...trusted, requestCert: true, rejectUnauthorized: true, ca: authority.cert, maxVersion };
  return secure(world, (await tlsServer(options, answer(ok))).port);
}

async function selfSigned(world: FaultWorld, env: Readonly<Record<string, string>>): Promise<Scenario> {
  const own = await certificate();
  const server = await tlsServer(own, answer(ok));
  return secure(world, server.port, {
    env,
    also: ({ person }) => {
      assert.equal(server.received(), "");
      const { fingerprint256, subject, issuer } = new X509Certificate(own.cert);
      for (const shown of [fingerprint256, subject, issuer, "AWS_CA_BUNDLE"])
        assert.ok(person.stderr.includes(shown), `${shown} in ${person.stderr}`);
    },
  });
}

describe("TLS", () => {
  before(async () => {
    authority = await certificate({ name: "Test Authority", authority: true });
    trusted = await certificate({ issuer: authority });
  });

  faultCases(9, {
    "a plain HTTP server": async (world) => {
      const server = await rawServer((socket) =>
        socket.once("data", () => socket.end("HTTP/1.1 400 Bad\r\n\r\n")),
      );
      return secure(world, server.port);
    },
  });

  faultCases(10, {
    "hangs up": async () => {
      const { port } = await tlsServer(trusted, answer(ok));
      return { text: `${signed}GET http://localhost:${port}/\n`, host: `localhost:${port}` };
    },
    "answers with an alert": async () => {
      const { port } = await answering(Uint8Array.from([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46]));
      return { text: `${signed}GET http://localhost:${port}/\n`, host: `localhost:${port}` };
    },
  });

  faultCases(11, {
    closed: async (world) =>
      secure(world, (await rawServer((socket) => socket.once("data", () => socket.end()))).port),
    reset: async (world) =>
      secure(world, (await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()))).port),
  });

  faultCases(12, {
    "TLS 1.0": (world) => ofVersion(world, "TLSv1"),
    "TLS 1.1": (world) => ofVersion(world, "TLSv1.1"),
  });

  faultCases(13, {
    "a certificate of its own": (world) => selfSigned(world, {}),
    "NODE_TLS_REJECT_UNAUTHORIZED=0": (world) => selfSigned(world, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }),
  });

  const says =
    (...words: readonly string[]) =>
    ({ person }: Seen) => {
      for (const word of words) assert.ok(person.stderr.includes(word), `${word} in ${person.stderr}`);
    };

  faultCases(14, {
    expired: async (world) => {
      const { scenario, made } = await issued(world, { from: -10, until: -5 });
      return { ...scenario, also: says(made.validTo) };
    },
    "not yet valid": async (world) => {
      const { scenario, made } = await issued(world, { from: 5, until: 10 });
      return { ...scenario, also: says(made.validFrom) };
    },
  });

  faultCases(15, {
    "another host": async (world) => {
      const { scenario } = await issued(world, { names: ["a.example.test", "*.b.example.test"] });
      return { ...scenario, also: says("DNS:*.b.example.test") };
    },
    "a bucket with dots": async (world) => {
      const { scenario, port } = await issued(world, { names: ["*.s3.eu-west-1.amazonaws.com"] });
      const host = "my.bucket.s3.eu-west-1.amazonaws.com";
      const text = `# @connect-to 127.0.0.1:${port}\nGET https://${host}/\n`;
      return { ...scenario, text, host, args: ["--approve", `environment@${host}`] };
    },
  });

  faultCases(16, {
    "an unknown authority": async () => {
      const { port } = await tlsServer(trusted, answer(ok));
      return {
        text: `${signed}GET https://localhost:${port}/\n`,
        host: `localhost:${port}`,
        also: says("← CN=Test Authority"),
      };
    },
    "a missing intermediate": async (world) => {
      const between = await certificate({ name: "Intermediate", authority: true, issuer: authority });
      const { scenario } = await issued(world, { issuer: between });
      return { ...scenario, also: says("intermediate") };
    },
  });

  faultCases(17, {
    "with TLS 1.3": (world) => wantingClient(world, "TLSv1.3"),
    "with TLS 1.2": (world) => wantingClient(world, "TLSv1.2"),
  });

  faultCases(18, {
    "no word of the server": async (world) =>
      secure(world, (await rawServer(() => undefined)).port, { limits: { tls: 40 } }),
  });
});
