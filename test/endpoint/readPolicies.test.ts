import assert from "node:assert/strict";
import fc from "fast-check";
import { readPolicies } from "../../src/endpoint/readPolicies.ts";
import { UserError } from "../../src/errors.ts";
import { policiesOf, written } from "./accessOf.ts";

const allow = {
  effect: "Allow",
  actions: { negated: false, patterns: ["*"] },
  resources: { negated: false, patterns: ["*"] },
  principals: null,
};

describe("readPolicies", () => {
  it("reads a plain policy document as the identity's, with one statement or many", () => {
    const one = { Version: "2012-10-17", Statement: written("Allow") };
    assert.deepEqual(policiesOf(one), { identity: [allow] });
    assert.deepEqual(policiesOf({ ...one, Statement: [one.Statement, one.Statement] }), {
      identity: [allow, allow],
    });
  });

  it("reads a policy of each kind, as a document or as its statements", () => {
    const read = policiesOf({
      identity: { Version: "2012-10-17", Id: "mine", Statement: [{ Sid: "All", ...written("Allow") }] },
      resource: [
        { ...written("Deny", ["a:b", "c:d"], "execute-api:/prod/*"), Principal: { AWS: ["1", "2"] } },
      ],
      scp: [],
    });
    assert.deepEqual(read, {
      identity: [allow],
      resource: [
        {
          effect: "Deny",
          actions: { negated: false, patterns: ["a:b", "c:d"] },
          resources: { negated: false, patterns: ["execute-api:/prod/*"] },
          principals: ["1", "2"],
        },
      ],
      scp: [],
    });
  });

  it("takes a byte order mark and comments", () => {
    const text = `\ufeff// mine\n{"identity": [] /* nothing */}`;
    assert.deepEqual(readPolicies(text, "policies.json"), { identity: [] });
  });

  const variable = ["arn:aws:s3:::$", "{aws:username}"].join("");
  const statement = '"Effect": "Allow", "Action": "*", "Resource": "*"';
  const faults: readonly [text: string, message: string][] = [
    ["", "1:1: the JSON is not valid: value expected."],
    ['{\n  "identity": [}', "2:16: the JSON is not valid: value expected."],
    ["[]", "1:1: the file must hold an object."],
    ["{}", "1:1: the file holds no policy."],
    ['{"idenity": []}', '1:2: "idenity" is nothing that a policy file has.'],
    ['{"identity": [], "identity": []}', '1:18: a policy file has "identity" twice.'],
    ['{"scp": "all"}', '1:9: "scp" must be a policy document or a list of statements.'],
    ['{"scp": {}}', '1:9: the policy document of "scp" has no "Statement".'],
    ['{"Version": "2012-10-18", "Statement": []}', '1:13: Version must be "2012-10-17".'],
    ['{"Version": "2012-10-17"}', '1:1: the policy document of "identity" has no "Statement".'],
    ['{"Statement": ["all"]}', "1:16: a statement must be an object."],
    ['{"Statement": {"Efect": "Allow"}}', '1:16: "Efect" is nothing that a statement has.'],
    ['{"Statement": {"Action": "*", "Resource": "*"}}', '1:15: the statement has no "Effect".'],
    [`{"Statement": {"Effect": "allow"}}`, '1:26: Effect must be "Allow" or "Deny".'],
    [
      '{"Statement": {"Effect": "Deny", "Resource": "*"}}',
      "1:15: the statement has neither Action nor NotAction.",
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*"}}',
      "1:15: the statement has neither Resource nor NotResource.",
    ],
    [
      `{"Statement": {${statement}, "NotAction": "s3:*"}}`,
      "1:80: the statement has both Action and NotAction.",
    ],
    ['{"Statement": {"Effect": "Deny", "Action": [], "Resource": "*"}}', "1:44: Action is an empty list."],
    [
      '{"Statement": {"Effect": "Deny", "Action": ["a:b", 1], "Resource": "*"}}',
      "1:52: Action must be a string or a list of strings.",
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "Invoke", "Resource": "*"}}',
      '1:44: "Invoke" is no action: write "*" or service:Name, for example execute-api:Invoke.',
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "/prod/pets"}}',
      '1:61: "/prod/pets" is no resource: write "*" or an ARN, for example arn:aws:execute-api:*:*:*/prod/GET/pets.',
    ],
    [
      '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "execute-api:/prod/*"}}',
      '1:61: "execute-api:/prod/*" is no resource: write "*" or an ARN, for example arn:aws:execute-api:*:*:*/prod/GET/pets.',
    ],
    [
      `{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "${variable}"}}`,
      `1:61: "${variable}" holds a policy variable, which the local endpoint does not fill in.`,
    ],
    [
      `{"Statement": {${statement}, "Condition": {"Bool": {"aws:SecureTransport": "true"}}}}`,
      "1:80: Condition is not evaluated by the local endpoint.",
    ],
    [
      `{"resource": [{${statement}, "NotPrincipal": "*"}]}`,
      "1:83: NotPrincipal is not evaluated by the local endpoint.",
    ],
    [`{"scp": [{${statement}, "Principal": "*"}]}`, '1:75: a statement of "scp" has no Principal.'],
    [`{"resource": [{${statement}, "Principal": "me"}]}`, '1:80: Principal must be "*" or {"AWS": …}.'],
    [`${'{"identity": '.repeat(40)}1`, "1:417: the JSON is nested more than 32 deep."],
    [`"${"x".repeat(256 * 1024)}"`, "1:1: the file is larger than 256 KB."],
  ];
  for (const [text, message] of faults) {
    it(`says what is wrong: ${message}`, () => {
      assert.throws(
        () => readPolicies(text, "policies.json"),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.deepEqual(
            [error.code, error.phase, error.message],
            ["E_POLICY_FILE", "file", `policies.json:${message}`],
          );
          assert.match(error.hint ?? "", /\S/);
          return true;
        },
      );
    });
  }

  it("throws nothing else, whatever the file holds", () => {
    const names = fc.constantFrom(
      "identity",
      "scp",
      "Statement",
      "Effect",
      "Action",
      "Resource",
      "Principal",
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom("Allow", "*", "2012-10-17", "a:b", null, 1, true),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(names, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    const text = fc.oneof(
      fc.string(),
      tree.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, (source) => {
        try {
          readPolicies(source, "policies.json");
        } catch (error) {
          assert.ok(error instanceof UserError, String(error));
        }
      }),
    );
  });
});
