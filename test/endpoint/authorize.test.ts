import assert from "node:assert/strict";
import fc from "fast-check";
import { authorize } from "../../src/endpoint/authorize.ts";
import { denialClause, type Policies, policyKinds, type Statement } from "../../src/endpoint/policies.ts";
import { access, policiesOf, written } from "./accessOf.ts";

/** "allowed", or the end of IAM's sentence. */
function outcome(document: unknown, asked = access): string {
  const denial = authorize(policiesOf(document), asked);
  return denial === null ? "allowed" : denialClause(denial, asked.action);
}

const all = [written("Allow")];

describe("authorize, by kind of policy", () => {
  const rows: readonly [policies: object, outcome: string][] = [
    [{ identity: all }, "allowed"],
    [{ resource: all }, "allowed"],
    [{ identity: [], resource: all }, "allowed"],
    [{ identity: [] }, "because no identity-based policy allows the execute-api:Invoke action"],
    [{ scp: all }, "because no identity-based policy allows the execute-api:Invoke action"],
    [{ resource: [] }, "because no resource-based policy allows the execute-api:Invoke action"],
    [{ identity: all, scp: [] }, "because no service control policy allows the execute-api:Invoke action"],
    [{ identity: all, rcp: [] }, "because no resource control policy allows the execute-api:Invoke action"],
    [{ identity: all, boundary: [] }, "because no permissions boundary allows the execute-api:Invoke action"],
    [{ identity: all, session: [] }, "because no session policy allows the execute-api:Invoke action"],
    [
      { resource: all, vpcEndpoint: [] },
      "because no VPC endpoint policy allows the execute-api:Invoke action",
    ],
    [
      { identity: all, scp: [], rcp: all, boundary: all, session: all, vpcEndpoint: all, resource: all },
      "because no service control policy allows the execute-api:Invoke action",
    ],
    [
      { identity: all, scp: all, rcp: all, boundary: all, session: all, vpcEndpoint: all, resource: [] },
      "allowed",
    ],
  ];
  for (const [policies, expected] of rows) {
    it(`${JSON.stringify(policies).replaceAll('{"Effect":"Allow","Action":"*","Resource":"*"}', "all")}: ${expected}`, () => {
      assert.equal(outcome(policies), expected);
    });
  }

  const denies = {
    scp: "a service control policy",
    rcp: "a resource control policy",
    boundary: "a permissions boundary",
    session: "a sessions policy",
    vpcEndpoint: "a VPC endpoint policy",
    identity: "an identity-based policy",
    resource: "a resource-based policy",
  } as const;
  for (const kind of policyKinds) {
    it(`an explicit deny in ${denies[kind]} wins over every allow`, () => {
      const everywhere = Object.fromEntries(policyKinds.map((each) => [each, all]));
      const policies = { ...everywhere, [kind]: [...all, written("Deny", "execute-api:*")] };
      assert.equal(outcome(policies), `with an explicit deny in ${denies[kind]}`);
    });
  }

  it("a deny of something else denies nothing", () => {
    assert.equal(
      outcome({ identity: [...all, written("Deny", "execute-api:ManageConnections")] }),
      "allowed",
    );
    assert.equal(outcome({ identity: [...all, written("Deny", "*", "arn:aws:s3:::pets")] }), "allowed");
  });
});

describe("authorize, what a statement names", () => {
  const allowed = (statement: object, kind = "identity") => outcome({ [kind]: [statement] }) === "allowed";

  const actions: readonly [action: unknown, covers: boolean][] = [
    ["execute-api:Invoke", true],
    ["EXECUTE-API:invoke", true],
    ["execute-api:In*", true],
    ["execute-api:Invok?", true],
    ["*:*", true],
    ["execute-api:ManageConnections", false],
    ["s3:*", false],
    [["s3:GetObject", "execute-api:Invoke"], true],
  ];
  for (const [action, covers] of actions) {
    it(`action ${JSON.stringify(action)}: ${covers}`, () => {
      assert.equal(allowed(written("Allow", action)), covers);
      assert.equal(allowed({ Effect: "Allow", NotAction: action, Resource: "*" }), !covers);
    });
  }

  const resources: readonly [resource: unknown, covers: boolean][] = [
    ["arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/pets", true],
    ["arn:aws:execute-api:us-east-1:123456789012:local/prod/get/pets", false],
    ["arn:aws:execute-api:us-east-1:123456789012:local/prod/POST/pets", false],
    ["arn:aws:execute-api:us-east-1:123456789012:local/*", true],
    ["arn:aws:execute-api:us-east-1:123456789012:local/*/GET/pe??", true],
    ["arn:aws:execute-api:*:*:*", true],
    ["arn:aws:execute-api:*:*:*/prod/*/pets/*", false],
    ["arn:aws:execute-api", true],
    ["arn:aws:execute-api:eu-west-1:*:*", false],
    ["arn:aws:execute-api:*:local/prod/GET/pets", false],
    ["arn:aws:s3:::pets", false],
    [["arn:aws:s3:::pets", "*"], true],
  ];
  for (const [resource, covers] of resources) {
    it(`resource ${JSON.stringify(resource)}: ${covers}`, () => {
      assert.equal(allowed(written("Allow", "*", resource)), covers);
      assert.equal(allowed({ Effect: "Allow", Action: "*", NotResource: resource }), !covers);
    });
  }

  it("an API's own policy may write its resources short", () => {
    assert.ok(allowed(written("Allow", "*", "execute-api:/prod/GET/*"), "resource"));
    assert.ok(!allowed(written("Allow", "*", "execute-api:/dev/*"), "resource"));
  });

  const principals: readonly [principal: unknown, allows: boolean, denies: boolean][] = [
    ["*", true, true],
    [{ AWS: "*" }, true, true],
    [{ AWS: access.userArn }, true, true],
    [{ AWS: ["arn:aws:iam::123456789012:user/other", access.userArn] }, true, true],
    [{ AWS: "arn:aws:iam::123456789012:user/other" }, false, false],
    // The account as principal leaves it to the identity's policies to allow.
    [{ AWS: "123456789012" }, false, true],
    [{ AWS: "arn:aws:iam::123456789012:root" }, false, true],
    [{ Service: "lambda.amazonaws.com" }, false, false],
  ];
  for (const [principal, allows, denies] of principals) {
    it(`principal ${JSON.stringify(principal)} of a resource-based policy`, () => {
      const statement = (effect: Statement["effect"]) => ({ ...written(effect), Principal: principal });
      assert.equal(allowed(statement("Allow"), "resource"), allows);
      const denied = outcome({ identity: all, resource: [statement("Deny")] });
      assert.equal(denied !== "allowed", denies);
    });
  }
});

describe("authorize, whatever the policies", () => {
  const patterns = (texts: readonly string[]) =>
    fc.record({
      negated: fc.boolean(),
      patterns: fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }),
    });
  const someAction = patterns(["*", "execute-api:*", "execute-api:invoke", "s3:*", "?xecute-api:In*"]);
  const someResource = patterns([
    "*",
    access.resource,
    "arn:aws:execute-api:*:*:local/prod/GET/*",
    "arn:aws:execute-api:*:*:*/POST/*",
    "arn:aws:s3:::pets",
  ]);
  const principals = fc.constantFrom(null, ["*"], [access.userArn], [access.account], []);
  const statement = (effect: fc.Arbitrary<Statement["effect"]>): fc.Arbitrary<Statement> =>
    fc.record({ effect, actions: someAction, resources: someResource, principals });
  const anyEffect = fc.constantFrom("Allow" as const, "Deny" as const);
  const statements = fc.array(statement(anyEffect), { maxLength: 4 });
  const kind = fc.constantFrom(...policyKinds);
  const policies: fc.Arbitrary<Policies> = fc.record(
    Object.fromEntries(policyKinds.map((each) => [each, statements])),
    { requiredKeys: [] },
  );

  // One statement that allows this access in most policies, and denies that mostly mean another one.
  const allowing: fc.Arbitrary<Statement> = fc.record({
    effect: fc.constant("Allow" as const),
    actions: fc
      .constantFrom(["*"], ["s3:*", "execute-api:invoke"])
      .map((texts) => ({ negated: false, patterns: texts })),
    resources: fc.constantFrom("*", access.resource).map((text) => ({ negated: false, patterns: [text] })),
    principals: fc.constantFrom(null, ["*"], [access.userArn]),
  });
  const denyingOther = statement(fc.constant("Deny" as const)).map((given) => ({
    ...given,
    actions: { negated: false, patterns: ["s3:*"] },
  }));
  const likelyStatements = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: allowing },
      { weight: 2, arbitrary: statement(fc.constant("Allow" as const)) },
      { weight: 1, arbitrary: denyingOther },
    ),
    { minLength: 1, maxLength: 4 },
  );
  const allowedPolicies: fc.Arbitrary<Policies> = fc
    .record(Object.fromEntries(policyKinds.map((each) => [each, likelyStatements])), { requiredKeys: [] })
    .filter((given) => authorize(given, access) === null);

  const denyAll: Statement = {
    effect: "Deny",
    actions: { negated: false, patterns: ["*"] },
    resources: { negated: false, patterns: ["*"] },
    principals: null,
  };

  it("an explicit deny wins, in whichever policy and at whichever place", () => {
    fc.assert(
      fc.property(policies, kind, fc.nat(4), (given, where, at) => {
        const others = given[where] ?? [];
        const denying = { ...given, [where]: [...others.slice(0, at), denyAll, ...others.slice(at)] };
        assert.equal(authorize(denying, access)?.explicit, true);
      }),
    );
  });

  it("an allow more, in a policy that is attached, denies nothing that was allowed", () => {
    fc.assert(
      fc.property(allowedPolicies, kind, statement(fc.constant("Allow")), (given, where, more) => {
        const others = given[where];
        fc.pre(others !== undefined || where === "identity" || where === "resource");
        assert.equal(authorize({ ...given, [where]: [...(others ?? []), more] }, access), null);
      }),
    );
  });

  it("a deny less, or a policy less that only limits, denies nothing that was allowed", () => {
    fc.assert(
      fc.property(allowedPolicies, kind, (given, where) => {
        const allows = (given[where] ?? []).filter(({ effect }) => effect === "Allow");
        if (given[where] !== undefined) assert.equal(authorize({ ...given, [where]: allows }, access), null);
        if (where === "identity" || where === "resource") return;
        const { [where]: _, ...without } = given;
        assert.equal(authorize(without, access), null);
      }),
    );
  });

  it("does not depend on the order of statements", () => {
    fc.assert(
      fc.property(policies, (given) => {
        const turned = Object.fromEntries(
          Object.entries(given).map(([name, list]) => [name, [...list].reverse()]),
        );
        assert.deepEqual(authorize(turned, access), authorize(given, access));
      }),
    );
  });

  it("allows nothing without an allow", () => {
    fc.assert(
      fc.property(policies, (given) => {
        const denies = Object.fromEntries(
          Object.entries(given).map(([name, list]) => [name, list.filter(({ effect }) => effect === "Deny")]),
        );
        assert.notEqual(authorize(denies, access), null);
      }),
    );
  });
});
