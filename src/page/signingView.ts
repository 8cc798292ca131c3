/** How a signature came about, ready to be shown: everything in it is redacted. */

/** The values that flow between the four steps of signing, and light up together. */
export const linkedParts = [
  "payloadHash",
  "date",
  "signedHeaders",
  "canonicalRequestHash",
  "credentialScope",
  "accessKeyId",
  "signature",
] as const;
export type LinkedPart = (typeof linkedParts)[number];

/** A piece of a line; `part` where it is one of the linked values. */
export interface LinePiece {
  readonly text: string;
  readonly part: LinkedPart | null;
}

/** One line of what was signed. The pieces joined are the line, redacted. */
export interface SignedLine {
  readonly label: string;
  readonly pieces: readonly LinePiece[];
  /** Where it comes from, in words: `pets.awsreq:5`, "time of signing (UTC)". */
  readonly source: string;
  /** Zero-based line of the request file to go to, or null. */
  readonly fileLine: number | null;
}

export interface ThreeForms {
  readonly typed: string;
  readonly sent: string;
  readonly signed: string;
}

/** Where a linked value comes from and where it stands, for the inspector. */
export interface PartExplanation {
  readonly part: LinkedPart;
  readonly name: string;
  /** What it is and why, in one or two sentences. */
  readonly meaning: string;
  readonly comesFrom: string;
  /** "Step 2, line 4". */
  readonly appearsIn: readonly string[];
}

export interface SigningView {
  readonly mode: "header" | "presign";
  readonly canonicalRequest: readonly SignedLine[];
  readonly stringToSign: readonly SignedLine[];
  /** Each HMAC by name; never a derived value. `with` is what is hashed in: date, region, service, "aws4_request". */
  readonly signingKey: readonly { readonly with: string; readonly gives: string; readonly source: string }[];
  readonly authorization: readonly SignedLine[];
  readonly path: ThreeForms;
  readonly query: ThreeForms;
  readonly canonicalRequestHash: string;
  readonly signature: string;
  readonly parts: readonly PartExplanation[];
}
