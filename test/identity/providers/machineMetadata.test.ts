import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { IdentityOptions } from "../../../src/identity/choice/signerChoice.ts";
import { resolveIdentity } from "../../../src/identity/resolveIdentity.ts";
import { effectsFor, plainOptions, withHome } from "../awsHome.ts";
import { assertHoldsNone, refusal } from "../refusal.ts";

const given = {
  Code: "Success",
  AccessKeyId: "ASIACANARYMACHINE",
  SecretAccessKey: "canary-machine-secret",
  Token: "canary-machine-token",
  Expiration: "2030-05-17T18:00:00Z",
};
const secrets = [given.SecretAccessKey, given.Token];

interface Asked {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
}

/** Runs a local metadata service for as long as `use` takes. */
async function withService<T>(
  answer: (asked: Asked, response: ServerResponse) => void,
  use: (origin: string, asked: Asked[]) => Promise<T>,
): Promise<T> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const one = { line: `${request.method} ${request.url}`, headers: request.headers };
    asked.push(one);
    answer(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await use(`http://127.0.0.1:${port}`, asked);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** An instance with the role `web`, version 2 of the service only. */
function instance({ line, headers }: Asked, response: ServerResponse): void {
  if (line === "PUT /latest/api/token") return void response.end("imds-token");
  if (headers["x-aws-ec2-metadata-token"] !== "imds-token") return void response.writeHead(401).end();
  if (line.endsWith("/iam/security-credentials/")) return void response.end("web\n");
  response.end(line.endsWith("/web") ? JSON.stringify(given) : "");
}

const resolve = (
  env: Record<string, string>,
  options: Partial<IdentityOptions> = {},
  home: string | null = null,
  metadata = true,
) => resolveIdentity({ ...plainOptions, ...options }, effectsFor(home, { env, metadata }));

describe("credentials of a container", () => {
  const answering = (_: Asked, response: ServerResponse) => void response.end(JSON.stringify(given));

  it("are taken where nobody chose and there is no [default]", async () => {
    await withService(answering, async (origin, asked) => {
      const env = {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/creds?id=7`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: "Bearer canary-agent",
      };
      const { kind, source, profile, credentials } = await resolve(env);
      assert.deepEqual(
        { kind, source, profile, id: credentials.accessKeyId },
        {
          kind: "container",
          source: "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          profile: null,
          id: given.AccessKeyId,
        },
      );
      assert.equal(asked[0]?.line, "GET /creds?id=7");
      assert.equal(asked[0]?.headers.authorization, "Bearer canary-agent");
    });
  });

  it("are asked for with the token that the file holds now", async () => {
    await withService(answering, (origin, asked) =>
      withHome({ token: "from-file\n" }, async (home) => {
        const env = {
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `${origin}/`,
          AWS_CONTAINER_AUTHORIZATION_TOKEN: "not this",
          AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(home, "token"),
        };
        await resolve(env);
        assert.equal(asked[0]?.headers.authorization, "from-file");
      }),
    );
  });

  it("ask for the role of a profile with credential_source = EcsContainer", async () => {
    await withService(answering, (origin) =>
      withHome(
        {
          ".aws/config":
            "[profile task]\nrole_arn = arn:aws:iam::111122223333:role/a\ncredential_source = EcsContainer\n",
        },
        async (home) => {
          const env = { AWS_ENDPOINT_URL_STS: `${origin}/sts`, AWS_CONTAINER_CREDENTIALS_FULL_URI: origin };
          const error = await refusal(() => resolve(env, { flagProfile: "task" }, home));
          assert.equal(error.code, "E_STS");
          assert.deepEqual(
            error.tried?.map(({ text, outcome }) => `${outcome}: ${text}`),
            [
              'found: profile "task", chosen by --profile',
              "found: credentials of the container (~/.aws/config:3)",
              "failed: role arn:aws:iam::111122223333:role/a (~/.aws/config:2), asked of STS in us-east-1",
            ],
          );
          assertHoldsNone(error, secrets);
        },
      ),
    );
  });

  const refusedUris = [
    "http://example.com/",
    "http://169.254.169.254/",
    "http://127.0.0.1.evil.example/",
    "file:///etc/passwd",
    "nonsense",
    "https://user:pass@example.com/",
  ];
  for (const uri of refusedUris) {
    it(`are never asked for at ${uri}`, async () => {
      const error = await refusal(() => resolve({ AWS_CONTAINER_CREDENTIALS_FULL_URI: uri }));
      assert.equal(error.code, "E_METADATA_ENDPOINT");
    });
  }

  it("a relative URI cannot lead away from the agent", async () => {
    const error = await refusal(() => resolve({ AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: ".evil.example/x" }));
    assert.equal(error.code, "E_METADATA_ENDPOINT");
  });

  const answers: readonly (readonly [name: string, status: number, body: string, says: RegExp])[] = [
    ["a refusal", 403, "canary-machine-secret", /answered with status 403/],
    ["no JSON", 200, "<html>canary-machine-secret", /its answer is no JSON object/],
    [
      "no keys",
      200,
      '{"AccessKeyId":"x","secret":"canary-machine-secret"}',
      /its JSON has no SecretAccessKey/,
    ],
    [
      "a failure in words",
      200,
      '{"Code":"AssumeRoleUnauthorizedAccess"}',
      /has no credentials at the moment/,
    ],
    [
      "a key with a blank",
      200,
      JSON.stringify({ ...given, SecretAccessKey: "canary-machine-secret " }),
      /blank/,
    ],
    [
      "expired keys",
      200,
      JSON.stringify({ ...given, Expiration: "2029-01-01T00:00:00Z" }),
      /expired at 2029/,
    ],
    ["too much", 200, `{"x":"${"c".repeat(70_000)}"}`, /could not be asked \(EMSGSIZE\)/],
  ];
  for (const [name, status, body, says] of answers) {
    it(`${name} stops, and nothing of it is shown`, async () => {
      const reply = (_: Asked, response: ServerResponse) => void response.writeHead(status).end(body);
      await withService(reply, async (origin) => {
        const error = await refusal(() => resolve({ AWS_CONTAINER_CREDENTIALS_FULL_URI: origin }));
        assert.match(error.message, says);
        assertHoldsNone(error, secrets);
      });
    });
  }

  it("fault 105: a service that hangs is given up after the time-out", async () => {
    await withService(
      () => undefined,
      async (origin) => {
        const error = await refusal(() => resolve({ AWS_CONTAINER_CREDENTIALS_FULL_URI: origin }));
        assert.match(error.message, /gave no answer within 0\.3 s/);
      },
    );
  });
});

describe("fault 105: a service that drips", () => {
  it("is given up after the time-out of the whole request", async () => {
    const drip = (_: Asked, response: ServerResponse) => {
      const timer = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(timer));
    };
    await withService(drip, async (origin) => {
      const started = Date.now();
      const error = await refusal(() => resolve({ AWS_CONTAINER_CREDENTIALS_FULL_URI: origin }));
      assert.match(error.message, /gave no answer within 0\.3 s/);
      assert.ok(Date.now() - started < 2000);
    });
  });
});

describe("credentials of an instance", () => {
  it("are taken by version 2 of the service, as the last resort", async () => {
    await withService(instance, async (origin, asked) => {
      const { kind, source, expires } = await resolve({ AWS_EC2_METADATA_SERVICE_ENDPOINT: origin });
      assert.deepEqual(
        [kind, source, expires],
        ["instance metadata", "instance metadata", new Date(given.Expiration)],
      );
      assert.deepEqual(
        asked.map(({ line }) => line),
        [
          "PUT /latest/api/token",
          "GET /latest/meta-data/iam/security-credentials/",
          "GET /latest/meta-data/iam/security-credentials/web",
        ],
      );
    });
  });

  it("never by version 1: no token, no credentials", async () => {
    const versionOne = ({ line }: Asked, response: ServerResponse) => {
      if (line.startsWith("PUT")) response.writeHead(405).end();
      else response.end(JSON.stringify(given));
    };
    await withService(versionOne, async (origin, asked) => {
      const error = await refusal(() => resolve({ AWS_EC2_METADATA_SERVICE_ENDPOINT: origin }));
      assert.equal(error.code, "E_NO_CREDENTIALS");
      assert.match(error.tried?.at(-1)?.text ?? "", /answered with status 405/);
      assert.equal(asked.length, 1);
    });
  });

  it("a role's name cannot lead to another path", async () => {
    const hostile = ({ line }: Asked, response: ServerResponse) =>
      void response.end(line.startsWith("PUT") ? "t" : "../../user-data");
    await withService(hostile, async (origin, asked) => {
      const error = await refusal(() => resolve({ AWS_EC2_METADATA_SERVICE_ENDPOINT: origin }));
      assert.match(error.tried?.at(-1)?.text ?? "", /names no role/);
      assert.equal(asked.length, 2);
    });
  });

  it("fault 105: are not asked for where that is off, nor where the environment turns it off", async () => {
    await withService(instance, async (origin, asked) => {
      const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: origin };
      const off = await refusal(() =>
        resolveIdentity(plainOptions, effectsFor(null, { env, metadata: false })),
      );
      const disabled = await refusal(() => resolve({ ...env, AWS_EC2_METADATA_DISABLED: "true" }));
      assert.deepEqual(
        [off, disabled].map(({ code, tried }) => [code, tried?.at(-1)?.text]),
        [
          ["E_NO_CREDENTIALS", "container and instance metadata: off here (awsreq.useMachineCredentials)"],
          ["E_NO_CREDENTIALS", "container and instance metadata: turned off by AWS_EC2_METADATA_DISABLED"],
        ],
      );
      assert.equal(asked.length, 0);
    });
  });

  it("stand in where nobody chose and [default] holds no credentials; its region holds", async () => {
    for (const more of [
      "",
      "s3 =\n  max = 2\n",
      "credential_source = EcsContainer\n",
      "role_session_name = me\n",
    ]) {
      await withService(instance, (origin) =>
        withHome({ ".aws/config": `[default]\nregion = eu-west-1\n${more}` }, async (home) => {
          const { profile, source, kind } = await resolve(
            { AWS_EC2_METADATA_SERVICE_ENDPOINT: origin },
            {},
            home,
          );
          assert.deepEqual([profile, source, kind], [null, "instance metadata", "instance metadata"], more);
        }),
      );
    }
  });

  it("are named where they are off, as what a [default] without credentials would go on to", async () => {
    await withHome({ ".aws/config": "[default]\nregion = eu-west-1\n" }, async (home) => {
      const error = await refusal(() => resolve({}, {}, home, false));
      assert.deepEqual(
        [error.code, error.message],
        [
          "E_NO_CREDENTIALS",
          "No profile was chosen, the environment has no keys, and the default profile (~/.aws/config:1) has nothing that gives credentials; container and instance metadata: off here (awsreq.useMachineCredentials).",
        ],
      );
    });
  });

  it("never stand in for a profile that was named, [default] included", async () => {
    await withService(instance, (origin, asked) =>
      withHome({ ".aws/config": "[default]\nregion = eu-west-1\n" }, async (home) => {
        const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: origin };
        const named = await refusal(() => resolve(env, { flagProfile: "prod" }, home));
        const empty = await refusal(() => resolve(env, { flagProfile: "default" }, home));
        assert.deepEqual([named.code, empty.code, asked.length], ["E_PROFILE_UNKNOWN", "E_PROFILE_EMPTY", 0]);
      }),
    );
  });
});

describe("credential_source", () => {
  const config = (source: string) => ({
    ".aws/config": `[profile a]\nrole_arn = arn:aws:iam::111122223333:role/a\ncredential_source = ${source}\n`,
  });

  const refusedSources: readonly (readonly [source: string, code: string, says: RegExp])[] = [
    ["Environment", "E_PROFILE_SOURCE", /AWS_ACCESS_KEY_ID is not set/],
    ["EcsContainer", "E_PROFILE_SOURCE", /AWS_CONTAINER_CREDENTIALS_… is not set/],
    ["ec2instancemetadata", "E_PROFILE_SOURCE", /unknown credential_source "ec2instancemetadata"/],
    ["__proto__", "E_PROFILE_SOURCE", /unknown credential_source "__proto__"/],
  ];
  for (const [source, code, says] of refusedSources) {
    it(`fault 98: ${source} without it, or written wrongly, stops`, async () => {
      await withHome(config(source), async (home) => {
        const error = await refusal(() => resolve({}, { flagProfile: "a" }, home));
        assert.equal(error.code, code);
        assert.match(error.message, says);
      });
    });
  }

  it("names the nearest when it is written wrongly", async () => {
    await withHome(config("Ec2InstanceMetadat"), async (home) => {
      const error = await refusal(() => resolve({}, { flagProfile: "a" }, home));
      assert.equal(error.hint, "Did you mean Ec2InstanceMetadata?");
    });
  });

  it("fault 105: metadata that is off is said with the setting that turns it on", async () => {
    await withHome(config("Ec2InstanceMetadata"), async (home) => {
      const options = { ...plainOptions, flagProfile: "a" };
      const error = await refusal(() => resolveIdentity(options, effectsFor(home, { metadata: false })));
      assert.equal(error.code, "E_METADATA_OFF");
      assert.match(error.hint ?? "", /awsreq\.useMachineCredentials/);
    });
  });
});
