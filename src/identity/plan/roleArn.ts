import { UserError } from "../../errors.ts";
import { commentHint } from "../files/profile.ts";

/** The parts of a role's ARN. */
export interface RoleArn {
  readonly partition: string;
  readonly account: string;
  /** The role's name, without its path. */
  readonly name: string;
}

/**
 * Reads `arn:aws:iam::123456789012:role/path/name`.
 * @param written what holds the ARN and where, for the error: `role_arn of profile "x" (~/.aws/config:3)`
 * @throws UserError `E_ROLE_ARN`
 */
export function parseRoleArn(arn: string, written: string): RoleArn {
  const parts = /^arn:(aws[a-z0-9-]*):iam::(\d{12}):role\/(?:[\x21-\x7e]+\/)?([\w+=,.@-]{1,64})$/.exec(arn);
  const [, partition, account, name] = parts ?? [];
  if (partition !== undefined && account !== undefined && name !== undefined)
    return { partition, account, name };
  throw new UserError({
    code: "E_ROLE_ARN",
    phase: "credentials",
    message: `The value of ${written} is not the ARN of a role.`,
    hint: `A role's ARN looks like arn:aws:iam::123456789012:role/name; an assumed-role ARN names a session, not a role.${commentHint(arn)}`,
  });
}

/** The ARN that whoever assumed the role acts under. */
export function assumedRoleArn(role: RoleArn, sessionName: string): string {
  return `arn:${role.partition}:sts::${role.account}:assumed-role/${role.name}/${sessionName}`;
}
