import assert from "node:assert/strict";
import fc from "fast-check";
import { type JudgedRequest, judgeEffect } from "../../src/guard/requestEffect.ts";
import { heldBody } from "../request/resolving.ts";
import { judged } from "./judgedRequest.ts";

const reading = ["GetUser", "ListUsers", "DescribeInstances", "GetCallerIdentity", "SimulateCustomPolicy"];
const changing = [
  "DeleteUser",
  "TerminateInstances",
  "PutRolePolicy",
  "GetOrCreate",
  "AssumeRole",
  "Listen",
  "run",
];

const hosts = fc.constantFrom(
  "iam.amazonaws.com",
  "ec2.us-east-1.amazonaws.com",
  "monitoring.us-east-1.api.aws",
);
const methods = fc.constantFrom("GET", "HEAD", "OPTIONS", "POST");
const action = fc.constantFrom(...reading, ...changing);

/** A text with some of its characters percent-encoded. */
function encoded(text: string): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom("plain", "upper", "lower"), { minLength: text.length, maxLength: text.length })
    .map((ways) =>
      [...text]
        .map((character, i) => {
          const hex = character.charCodeAt(0).toString(16);
          if (ways[i] === "plain") return character;
          return `%${ways[i] === "upper" ? hex.toUpperCase() : hex}`;
        })
        .join(""),
    );
}

const noise = fc.constantFrom(
  "Version=2010-05-08",
  "a",
  "a=b=c",
  "",
  "%",
  "%zz=1",
  "Actions=1",
  "Action.1=x",
  "=Action",
);
const naming = fc
  .tuple(fc.constantFrom("Action", "Action", "Action", "action", "ACTION", "aCtion"), action)
  .chain(([name, value]) =>
    fc.tuple(encoded(name), encoded(value)).map(([left, right]) => `${left}=${right}`),
  );
const parameters = fc.array(fc.oneof(noise, naming), { maxLength: 4 }).map((each) => each.join("&"));

const requests: fc.Arbitrary<JudgedRequest> = fc
  .record({
    method: methods,
    host: hosts,
    query: parameters,
    form: parameters,
    targets: fc.array(action, { maxLength: 2 }),
    type: fc.constantFrom(
      null,
      "text/plain",
      "application/x-www-form-urlencoded; charset=UTF-8",
      "application/json",
    ),
  })
  .map(({ method, host, query, form, targets, type }) =>
    judged(`${method} https://${host}/?${query}`, {
      headers: [
        ...targets.map((target) => ["X-Amz-Target", `A.${target}`] as const),
        ...(type === null ? [] : [["Content-Type", type] as const]),
      ],
      body: form,
    }),
  );

/** Every action that a reader could take from the request: each place of it by itself, first and last. */
function actionsSeen(request: JudgedRequest): readonly string[] {
  const places = [request.query ?? "", Buffer.from(heldBody(request.body)).toString()];
  const inParameters = places.flatMap((place) =>
    [...new URLSearchParams(place)]
      .filter(([name]) => name.toLowerCase() === "action")
      .map(([, value]) => value),
  );
  const inHeaders = request.headers
    .filter(({ name }) => name === "X-Amz-Target")
    .map(({ value }) => value.split(".").at(-1) ?? "");
  return [...inParameters, ...inHeaders];
}

describe("a judgement, whatever the request", () => {
  it("is never that it reads when some reader sees an action that does not", () => {
    let read = 0;
    fc.assert(
      fc.property(requests, (request) => {
        if (judgeEffect(request).effect !== "reads") return;
        read++;
        const seen = actionsSeen(request);
        for (const name of seen) assert.ok(reading.includes(name), name);
        assert.ok(new Set(seen).size <= 1);
        if (request.method === "POST") assert.equal(new Set(seen).size, 1);
      }),
      { numRuns: 4000, seed: 11 },
    );
    assert.ok(read > 200, `only ${read} requests were found to read`);
  });

  it("hands out credentials when any place says so", () => {
    fc.assert(
      fc.property(requests, (request) => {
        if (!actionsSeen(request).includes("AssumeRole") || request.host !== "iam.amazonaws.com") return;
        assert.equal(judgeEffect({ ...request, host: "sts.amazonaws.com" }).effect, "handsOutCredentials");
      }),
      { numRuns: 2000, seed: 12 },
    );
  });

  it("only rises when a parameter, a header or a body is added to a request that changes something", () => {
    const rank = { reads: 0, changes: 1, handsOutCredentials: 2 };
    fc.assert(
      fc.property(requests, parameters, action, (request, more, target) => {
        const before = rank[judgeEffect(request).effect];
        if (before === 0 || (request.method === "POST" && actionsSeen(request).length === 0)) return;
        const query = `${request.query}&${more}`;
        const headers = [...request.headers, { name: "X-Amz-Target", value: `A.${target}` }];
        assert.ok(rank[judgeEffect({ ...request, query }).effect] >= before);
        assert.ok(rank[judgeEffect({ ...request, headers }).effect] >= before);
      }),
      { numRuns: 2000, seed: 13 },
    );
  });

  it("is given to bytes, hosts and methods of any kind", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.uint8Array({ maxLength: 300 }),
        (method, host, path, body) => {
          const { effect, reason } = judgeEffect({ method, host, path, query: path, headers: [], body });
          assert.ok(effect === "changes" || ["GET", "HEAD", "OPTIONS"].includes(method));
          assert.ok(reason.length > 0);
        },
      ),
      { numRuns: 2000, seed: 14 },
    );
  });
});

describe("the length of a request", () => {
  const ec2 = "POST https://ec2.us-east-1.amazonaws.com/";

  it("is not read through: what lies behind the limit counts as changing", () => {
    const body = new Uint8Array(100 * 1024 * 1024).fill(0x61);
    body.set(Buffer.from("Action=DescribeInstances&x="));
    const { effect, reason } = judgeEffect(judged(ec2, { body }));
    assert.equal(effect, "changes");
    assert.equal(reason, "a body that is too long to be read through for an action");
    assert.equal(judgeEffect(judged(ec2, { body: body.subarray(0, 1024 * 1024) })).effect, "reads");
  });

  const shapes: readonly (readonly [string, string])[] = [
    ["separators", "&"],
    ["names", "Action&"],
    ["encoded names", "%41ction=Get&"],
    ["nested encodings", "%25"],
    ["line ends", "\n"],
    ["semicolons", "a=b;"],
    ["decryption", '"WithDecryption" '],
    ["slashes", "/../x"],
  ];
  for (const [name, unit] of shapes) {
    it(`does not multiply the work: ${name}`, () => {
      const work = (length: number) => {
        const text = unit.repeat(length / unit.length);
        const target = [["X-Amz-Target", "AmazonSSM.GetParameter"]] as const;
        const started = process.cpuUsage();
        judgeEffect(judged("POST https://ssm.us-east-1.amazonaws.com/", { headers: target, body: text }));
        judgeEffect({ ...judged(ec2), path: `/${text}`, query: text, host: text });
        const { user, system } = process.cpuUsage(started);
        return user + system;
      };
      work(100_000);
      const small = Math.max(work(100_000), 4000);
      assert.ok(work(800_000) < 24 * small, "eight times the text took more than 24 times the work");
    });
  }
});
