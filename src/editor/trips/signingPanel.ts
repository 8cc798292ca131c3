import { maskKeyId } from "../../guard/masks.ts";
import type { Redactor } from "../../guard/redactor.ts";
import type {
  LinkedPart,
  PartExplanation,
  SignedLine,
  SigningView,
  ThreeForms,
} from "../../page/signingView.ts";
import { type BreakdownLine, signingBreakdown } from "../../signing/breakdown.ts";
import type { Identity, ResolvedRequest, SignedRequest, SigningTrace } from "../../stages.ts";
import { type LinkedValue, linkedPieces } from "./linkedPieces.ts";
import { partExplanations } from "./partExplanations.ts";

/** What a signature is shown from. */
export interface SignedTrip {
  readonly request: ResolvedRequest;
  readonly signed: SignedRequest;
  readonly trace: SigningTrace;
  readonly identity: Identity;
}

/** How the signature came about, cut into linked parts and redacted. */
export function signingPanel(trip: SignedTrip, fileName: string, redactor: Redactor): SigningView {
  const { request, signed, trace, identity } = trip;
  const breakdown = signingBreakdown(request, { ...signed, trace }, fileName);
  const values = linkedValues(trace, identity);
  const shown = (lines: readonly BreakdownLine[], may: readonly LinkedPart[]) =>
    lines.map((line) => signedLine(line, valuesOf(values, may), fileName, redactor));
  const canonicalRequest = shown(breakdown.canonicalRequest, ["payloadHash", "date", "signedHeaders"]);
  const stringToSign = shown(breakdown.stringToSign, ["date", "credentialScope", "canonicalRequestHash"]);
  const authorization = shown(breakdown.authorization, [
    "accessKeyId",
    "credentialScope",
    "signedHeaders",
    "signature",
  ]);
  return {
    mode: trace.mode,
    canonicalRequest,
    stringToSign,
    signingKey: signingKeyChain(trace),
    authorization,
    path: forms(breakdown.path, redactor),
    query: forms(breakdown.query, redactor),
    canonicalRequestHash: trace.canonicalRequestHash,
    signature: trace.signature,
    parts: explained(trip, [canonicalRequest, stringToSign, authorization]),
  };
}

function linkedValues(trace: SigningTrace, identity: Identity): readonly LinkedValue[] {
  return [
    { part: "payloadHash", text: trace.payloadHash },
    { part: "date", text: trace.date },
    { part: "signedHeaders", text: trace.signedHeaders.join(";") },
    { part: "canonicalRequestHash", text: trace.canonicalRequestHash },
    { part: "credentialScope", text: trace.credentialScope },
    { part: "accessKeyId", text: maskKeyId(identity.credentials.accessKeyId) },
    { part: "signature", text: trace.signature },
  ];
}

function valuesOf(values: readonly LinkedValue[], may: readonly LinkedPart[]): readonly LinkedValue[] {
  return values.filter(({ part }) => may.includes(part));
}

/** Lines whose linked value is the whole of what they hold: a header `a` is not the list of signed headers. */
function signedLine(
  line: BreakdownLine,
  values: readonly LinkedValue[],
  fileName: string,
  redactor: Redactor,
): SignedLine {
  const text = redactor.text(line.text);
  const isHeader = line.label.startsWith("header ");
  const may = values.filter(({ part }) => part !== "signedHeaders" || !isHeader);
  return {
    label: line.label,
    pieces: linkedPieces(text, may),
    source: redactor.text(line.source),
    fileLine: lineOf(line.source, fileName),
  };
}

/** `pets.awsreq:5, encoded once more` names line 5. */
function lineOf(source: string, fileName: string): number | null {
  if (!source.startsWith(`${fileName}:`)) return null;
  const line = Number.parseInt(source.slice(fileName.length + 1), 10);
  return Number.isSafeInteger(line) && line > 0 ? line - 1 : null;
}

function forms({ typed, sent, signed }: ThreeForms, redactor: Redactor): ThreeForms {
  const [typedQuery, sentQuery, signedQuery] = [typed, sent, signed].map((text) => redactor.text(text));
  return { typed: typedQuery ?? "", sent: sentQuery ?? "", signed: signedQuery ?? "" };
}

function signingKeyChain({ date, scope }: SigningTrace): SigningView["signingKey"] {
  return [
    { with: date.slice(0, 8), gives: "date key", source: "date of signing (UTC)" },
    { with: scope.region, gives: "region key", source: scope.regionSource },
    { with: scope.service, gives: "service key", source: scope.serviceSource },
    { with: "aws4_request", gives: "signing key", source: "fixed" },
  ];
}

function explained(
  { trace, identity, request }: SignedTrip,
  [canonical = [], toSign = [], authorization = []]: readonly (readonly SignedLine[])[],
): readonly PartExplanation[] {
  const steps: readonly (readonly [string, readonly SignedLine[]])[] = [
    ["Step 1", canonical],
    ["Step 2", toSign],
    [trace.mode === "presign" ? "URL" : "Step 4", authorization],
  ];
  const appearsIn = (part: LinkedPart): readonly string[] =>
    steps.flatMap(([step, lines]) =>
      lines.flatMap((line, index) =>
        line.pieces.some((piece) => piece.part === part) ? [`${step}, line ${index + 1}`] : [],
      ),
    );
  return partExplanations({ trace, identity, bodyBytes: request.body.length }).map((part) => ({
    ...part,
    appearsIn: appearsIn(part.part),
  }));
}
