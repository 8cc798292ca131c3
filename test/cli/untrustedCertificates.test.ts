import assert from "node:assert/strict";
import { connect } from "node:net";
import { type CertificateWish, certificate, type KeyPair } from "../transport/certificates.ts";
import { answer, closeServers, onHead, type RawServer, rawServer, tlsServer } from "../transport/servers.ts";
import { createMachine, credentialsFile, type Machine } from "./cliProcess.ts";

/** What an impostor would answer to each of those questions, so that whoever asks it goes on. */
const keyDocument = JSON.stringify({
  Code: "Success",
  AccessKeyId: "ASIAIMPOSTORIMPOSTOR",
  SecretAccessKey: "i".repeat(40),
  Token: "impostor",
  Expiration: "2099-01-01T00:00:00Z",
});
const answered = `HTTP/1.1 200 OK\r\nContent-Length: ${keyDocument.length}\r\n\r\n${keyDocument}`;

/** One way by which something secret leaves, and how the command line is told to take it to a port of this machine. */
interface Way {
  readonly title: string;
  readonly args: readonly string[];
  readonly request?: string;
  readonly config?: string;
  readonly env: (at: {
    readonly direct: string;
    readonly impostor: number;
    readonly tunnel: number;
  }) => object;
}

const approved = ["container", "environment", "instance"].flatMap((who) => [
  "--approve",
  `${who}@api.corp.example`,
]);
const send = ["send", "a.awsreq", ...approved] as const;
const signed = "# @auth iam\n# @region eu-west-1\n# @service execute-api\nGET https://";
const staticKeys = { AWS_ACCESS_KEY_ID: "AKIAWAYSWAYSWAYSWAYS", AWS_SECRET_ACCESS_KEY: "w".repeat(40) };
const role = "[profile ops]\nrole_arn = arn:aws:iam::111122223333:role/ops\nsource_profile = canary\n";
const web = {
  AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/ci",
  AWS_WEB_IDENTITY_TOKEN_FILE: "TOKEN",
};
const sts = { AWS_ENDPOINT_URL_STS: "https://sts.corp.example" };

const ways: readonly Way[] = [
  { title: "a send", args: ["send", "a.awsreq"], request: `${signed}HERE/`, env: () => staticKeys },
  {
    title: "a send through a proxy spoken to over TLS",
    args: send,
    request: `${signed}api.corp.example/`,
    env: ({ impostor }) => ({ ...staticKeys, HTTPS_PROXY: `https://user:secret@localhost:${impostor}` }),
  },
  {
    title: "a send in plain through a proxy spoken to over TLS",
    args: ["send", "a.awsreq"],
    request: "# @auth none\nGET http://api.corp.example/",
    env: ({ impostor }) => ({ http_proxy: `https://user:secret@localhost:${impostor}` }),
  },
  {
    title: "a send through a proxy's tunnel",
    args: send,
    request: `${signed}api.corp.example/`,
    env: ({ tunnel }) => ({ ...staticKeys, HTTPS_PROXY: `http://localhost:${tunnel}` }),
  },
  {
    title: "whoami",
    args: ["whoami"],
    env: ({ direct }) => ({ ...staticKeys, AWS_ENDPOINT_URL_STS: direct }),
  },
  {
    title: "whoami through a proxy spoken to over TLS",
    args: ["whoami"],
    env: ({ impostor }) => ({ ...staticKeys, ...sts, HTTPS_PROXY: `https://localhost:${impostor}` }),
  },
  {
    title: "whoami through a proxy's tunnel",
    args: ["whoami"],
    env: ({ tunnel }) => ({ ...staticKeys, ...sts, HTTPS_PROXY: `http://localhost:${tunnel}` }),
  },
  {
    title: "a role",
    args: ["whoami", "--profile", "ops"],
    config: role,
    env: ({ direct }) => ({ AWS_ENDPOINT_URL_STS: direct }),
  },
  {
    title: "a role through a proxy spoken to over TLS",
    args: ["whoami", "--profile", "ops"],
    config: role,
    env: ({ impostor }) => ({ ...sts, HTTPS_PROXY: `https://user:secret@localhost:${impostor}` }),
  },
  {
    title: "a role through a proxy's tunnel",
    args: ["whoami", "--profile", "ops"],
    config: role,
    env: ({ tunnel }) => ({ ...sts, HTTPS_PROXY: `http://localhost:${tunnel}` }),
  },
  {
    title: "a web identity",
    args: ["whoami"],
    env: ({ direct }) => ({ ...web, AWS_ENDPOINT_URL_STS: direct }),
  },
  {
    title: "a web identity through a proxy spoken to over TLS",
    args: ["whoami"],
    env: ({ impostor }) => ({ ...web, ...sts, HTTPS_PROXY: `https://localhost:${impostor}` }),
  },
  {
    title: "a web identity through a proxy's tunnel",
    args: ["whoami"],
    env: ({ tunnel }) => ({ ...web, ...sts, HTTPS_PROXY: `http://localhost:${tunnel}` }),
  },
  {
    title: "a container's credentials",
    args: send,
    request: `${signed}api.corp.example/`,
    env: ({ direct }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${direct}/keys`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: "container-token",
    }),
  },
  {
    title: "a container's credentials with a token file",
    args: ["whoami"],
    env: ({ direct }) => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${direct}/keys`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: "TOKEN",
    }),
  },
  {
    title: "instance metadata",
    args: ["whoami"],
    env: ({ direct }) => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: direct }),
  },
];

const impostors: readonly (readonly [title: string, wish: CertificateWish, isIssued: boolean])[] = [
  ["of an unknown issuer", { names: ["localhost", "api.corp.example", "sts.corp.example"] }, false],
  ["for another host", { names: ["other.example"] }, true],
  [
    "that has expired",
    { names: ["localhost", "api.corp.example", "sts.corp.example"], from: -9, until: -1 },
    true,
  ],
];

describe("a certificate that does not hold, with NODE_TLS_REJECT_UNAUTHORIZED=0", () => {
  let machine: Machine;
  let authority: KeyPair;
  let extra: string;
  before(async () => {
    machine = await createMachine();
    authority = await certificate({ name: "Test Authority", authority: true });
    extra = await machine.write("authority.pem", authority.cert);
    await machine.write("token", "oidc-token");
    await machine.write(".aws/credentials", credentialsFile("canary-token"));
  });
  afterEach(closeServers);
  after(() => machine.remove());

  for (const [kind, wish, isIssued] of impostors) {
    for (const { title, args, request, config, env } of ways) {
      it(`${kind} gets no byte of ${title}`, async () => {
        const pair = await certificate({ ...wish, ...(isIssued && { issuer: authority }) });
        const impostor = await tlsServer(pair, answer(answered));
        const tunnel = await tunnelTo(impostor);
        const direct = `https://localhost:${impostor.port}`;
        await machine.write(".aws/config", config ?? "");
        await machine.write("work/a.awsreq", (request ?? "").replace("HERE", `localhost:${impostor.port}`));
        const told = { ...env({ direct, impostor: impostor.port, tunnel: tunnel.port }) };
        const run = await machine.run(args, {
          ...Object.fromEntries(
            Object.entries(told).map(([name, value]) => [
              name,
              value === "TOKEN" ? `${machine.home}/token` : String(value),
            ]),
          ),
          NODE_EXTRA_CA_CERTS: extra,
          NODE_TLS_REJECT_UNAUTHORIZED: "0",
        });
        assert.equal(impostor.received(), "");
        assert.match(
          `${run.code} ${run.stderr}`,
          /^[34] .*(?:certificate|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|EXPIRED|WRONG_NAME)/is,
        );
      });
    }
  }
});

/** A proxy, spoken to in plain, whose every tunnel leads there. */
function tunnelTo({ port }: RawServer): Promise<RawServer> {
  return rawServer((socket) =>
    onHead(socket, () => {
      const onward = connect(port, "127.0.0.1").on("error", () => undefined);
      onward.once("close", () => socket.destroy());
      socket.once("close", () => onward.destroy());
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      socket.pipe(onward).pipe(socket);
    }),
  );
}
