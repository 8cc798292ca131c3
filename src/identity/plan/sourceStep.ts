import type { Credentials } from "../../stages.ts";
import type { RoleArn } from "./roleArn.ts";
import type { StsEndpoint } from "./stsEndpoint.ts";

/** Where the first credentials come from. `place` is the file and line, or the variable, that says so. */
export type SourceStep =
  | {
      readonly kind: "static";
      readonly profile: string;
      readonly place: string;
      readonly credentials: Credentials;
      /** Where their end is stated. */
      readonly expirationPlace?: string;
      /** Where something is stated that should be their end and is no time. */
      readonly unreadExpiration?: string;
    }
  | {
      readonly kind: "environment";
      readonly place: string;
      readonly credentials: Credentials;
      readonly expirationPlace?: string;
    }
  | { readonly kind: "request"; readonly place: string; readonly credentials: Credentials }
  | ProcessStep
  | WebIdentityStep
  | ContainerStep
  | InstanceMetadataStep;

/** A `credential_process` that is run. */
export interface ProcessStep {
  readonly kind: "process";
  readonly profile: string;
  readonly place: string;
  readonly command: string;
  /** The profile's aws_account_id. */
  readonly account: string | null;
}

/** An AssumeRoleWithWebIdentity call. */
export interface WebIdentityStep extends StsEndpoint {
  readonly kind: "webIdentity";
  /** Null for a web identity of the environment. */
  readonly profile: string | null;
  readonly place: string;
  /** Path of the file that holds the token; read when it is used, as it is renewed from outside. */
  readonly tokenFile: string;
  readonly roleArn: string;
  readonly role: RoleArn;
  /** Null: a name is made when the role is assumed. */
  readonly sessionName: string | null;
  /** Seconds; null for STS's own default, an hour. */
  readonly durationSeconds: number | null;
}

/** A request to the credentials address of a container (ECS, EKS, CloudShell). */
export interface ContainerStep {
  readonly kind: "container";
  readonly place: string;
  readonly url: string;
  /** The Authorization header's value, or the file that holds it; null for none. */
  readonly authorization: { readonly value: string } | { readonly file: string } | null;
}

/** Requests to the metadata service of an EC2 instance, version 2. */
export interface InstanceMetadataStep {
  readonly kind: "instanceMetadata";
  readonly place: string;
  /** Origin: `http://169.254.169.254`. */
  readonly endpoint: string;
}

/** What a step does, in words, for the list of what was tried. */
export function sourceStepText(step: SourceStep): string {
  switch (step.kind) {
    case "static":
      return `keys of profile "${step.profile}" (${step.place})`;
    case "environment":
      return `keys in the environment (${step.place})`;
    case "request":
      return `keys of the private environment in the request (${step.place})`;
    case "process":
      return `credential_process of profile "${step.profile}" (${step.place})`;
    case "webIdentity":
      return `role ${step.roleArn} with a web identity (${step.place})`;
    case "container":
      return `credentials of the container (${step.place})`;
    case "instanceMetadata":
      return `instance metadata at ${step.endpoint} (${step.place})`;
  }
}
