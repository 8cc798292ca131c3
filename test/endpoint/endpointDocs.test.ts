import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { authorize } from "../../src/endpoint/authorize.ts";
import { policyKinds } from "../../src/endpoint/policies.ts";
import { readPolicies } from "../../src/endpoint/readPolicies.ts";
import { refusedCauses } from "../../src/endpoint/refusedCauses.ts";
import { access } from "./accessOf.ts";

describe("docs/endpoint.md", () => {
  const page = readFileSync(resolve(__dirname, "../../docs/endpoint.md"), "utf8");

  it("shows policies that do what it says", () => {
    const [, text = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const policies = readPolicies(text, "docs/endpoint.md");
    assert.equal(authorize(policies, access), null);
    const resource = access.resource.replace("GET/pets", "DELETE/pets/1");
    assert.deepEqual(authorize(policies, { ...access, resource }), { policy: "scp", explicit: true });
  });

  it("names every kind of policy", () => {
    for (const kind of policyKinds) assert.ok(page.includes(`\`${kind}\``), kind);
  });

  it("lists every refusal once, and no other", () => {
    const lists = page.slice(page.indexOf("| answered as"), page.indexOf("`apigw-waf` refuses"));
    const named = [...lists.matchAll(/`([a-z0-9-]+)`/g)].map(([, cause]) => cause);
    assert.deepEqual(named.sort(), [...refusedCauses].sort());
  });
});
