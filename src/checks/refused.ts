import type { Cause } from "../diagnosis/causes/causes.ts";
import type { Field } from "../stages.ts";

/** A service of AWS's own: where it is called, and for which region calls are signed. */
export interface AwsPlace {
  /** A URL. */
  readonly endpoint: string;
  readonly region: string;
}

/** Where those who know are asked. */
export interface AwsPlaces {
  /** STS for the profile. */
  readonly sts: AwsPlace;
  /** STS in the region that was called. */
  readonly stsThere: AwsPlace;
  /** STS in the partition's first region, which no account has to enable. */
  readonly stsFirst: AwsPlace;
  readonly iam: AwsPlace;
}

/** What an answer says, without when. */
export interface RefusingAnswer {
  readonly status: number;
  readonly headers: readonly Field[];
  readonly body: string;
}

/** A refused request, as far as checks look at it. Holds no secret. */
export interface Refused {
  /** Of the findings, the best first. */
  readonly causes: readonly Cause[];
  readonly answer: RefusingAnswer;
  readonly request: {
    readonly method: string;
    /** `https:` */
    readonly scheme: string;
    /** Without a port; IPv6 in brackets. */
    readonly host: string;
    readonly authority: string;
    /** The host whose address was looked up: another one than `host` with `# @connect-to`. */
    readonly connectedHost: string;
    /** As sent, without the query. */
    readonly path: string;
  };
  /** Null for a request that went out unsigned. */
  readonly signedFor: { readonly service: string; readonly region: string } | null;
  /** What can be told of the credentials; null for a request that went out unsigned. */
  readonly credentials: {
    /** The key id begins with ASIA. */
    readonly temporary: boolean;
    readonly hasToken: boolean;
    /** Twelve digits, or null while unknown. */
    readonly account: string | null;
    /** The ARN of the role that signed, with its path, where the profile tells; else null. */
    readonly role: string | null;
  } | null;
  /** Null for credentials that AWS does not know, and for none. */
  readonly places: AwsPlaces | null;
  /** One segment of a path that no API has. */
  readonly nonsense: string;
}
