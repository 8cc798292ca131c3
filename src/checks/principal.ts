/** Whose policies can be simulated. */
export type Principal =
  | { readonly kind: "simulated"; readonly arn: string }
  /** A session of a role whose path, a part of its ARN, is not told. */
  | { readonly kind: "role"; readonly name: string; readonly withoutPath: string }
  | { readonly kind: "none"; readonly why: string };

/**
 * The user or role behind a caller's ARN: an assumed role's session has no policies of its own to look up.
 * @param role the role's ARN with its path, where the profile tells it
 */
export function principalOf(arn: string, role: string | null): Principal {
  const [, partition = "", kind = "", account = "", rest = ""] =
    /^arn:([\w-]+):(sts|iam)::(\d{12}):(.+)$/.exec(arn) ?? [];
  if (kind === "iam" && /^(?:user|role)\//.test(rest)) return { kind: "simulated", arn };
  const name = /^assumed-role\/([\w+=,.@-]{1,64})\//.exec(rest)?.[1];
  if (name === undefined)
    return { kind: "none", why: `Policies cannot be simulated for ${arn}: it is no user and no role.` };
  const roles = `arn:${partition}:iam::${account}:role/`;
  if (role?.startsWith(roles) === true && role.endsWith(`/${name}`)) return { kind: "simulated", arn: role };
  return { kind: "role", name, withoutPath: `${roles}${name}` };
}
