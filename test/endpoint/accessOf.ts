import type { Access, Policies, Statement } from "../../src/endpoint/policies.ts";
import { readPolicies } from "../../src/endpoint/readPolicies.ts";

/** What most tests ask for. */
export const access: Access = {
  userArn: "arn:aws:iam::123456789012:user/local",
  account: "123456789012",
  action: "execute-api:Invoke",
  resource: "arn:aws:execute-api:us-east-1:123456789012:local/prod/GET/pets",
};

/** The policies of a file that holds this. */
export function policiesOf(document: unknown): Policies {
  return readPolicies(JSON.stringify(document), "policies.json");
}

/** A statement as a policy file writes it. */
export function written(effect: Statement["effect"], action: unknown = "*", resource: unknown = "*"): object {
  return { Effect: effect, Action: action, Resource: resource };
}
