import type * as vscode from "vscode";
import type { RequestBlock, RequestFile } from "../../stages.ts";
import type { TripPreview } from "../../trip/previewTrip.ts";
import type { ParsedDocuments } from "../language/parsedDocuments.ts";
import type { SignerStatus } from "../language/signerText.ts";
import { inputAround } from "../sending/tripInputOf.ts";
import type { Surroundings } from "../trips/signerPreview.ts";
import type { FolderKnowledge } from "./folderKnowledge.ts";
import type { KnownIdentities } from "./knownIdentities.ts";
import type { Picks } from "./picks.ts";

/** What previews are made of. */
export interface PreviewDeps {
  readonly parsed: ParsedDocuments;
  readonly picks: Picks;
  readonly knowledge: FolderKnowledge;
  readonly identities: KnownIdentities;
}

/** Tells of the requests of a document what sending them will do. */
export type SignerOf = (
  document: vscode.TextDocument,
) => Promise<(block: RequestBlock) => Promise<SignerStatus>>;

interface Kept {
  readonly key: string;
  readonly around: Surroundings;
  readonly previews: Map<RequestBlock, Promise<TripPreview>>;
}

/** Previews by what a send would be told: each is made once, until the text or something around it changes. */
export function createSignerPreviews({ parsed, picks, knowledge, identities }: PreviewDeps): SignerOf {
  const keptOf = new WeakMap<RequestFile, Kept>();
  return async (document) => {
    // The clock tells when a signature is made, not by whom.
    const input = inputAround(document, { picks, clock: { value: () => 0 }, storageDirectory: "" });
    const around = await knowledge.of(document);
    const file = parsed.of(document);
    const key = JSON.stringify(input);
    const known = keptOf.get(file);
    const kept =
      known?.key === key && known.around === around
        ? known
        : { key, around, previews: new Map<RequestBlock, Promise<TripPreview>>() };
    keptOf.set(file, kept);
    const { signerPreview } = await import("../trips/signerPreview.ts");
    return async (block) => {
      const making = kept.previews.get(block) ?? signerPreview(file, block, input, around, process.env);
      kept.previews.set(block, making);
      const preview = await making;
      return { preview, known: knownOf(preview, identities) };
    };
  };
}

function knownOf({ signer }: TripPreview, identities: KnownIdentities): SignerStatus["known"] {
  if (signer?.who == null) return null;
  const role = signer.role?.value ?? null;
  return identities.of(signer.profile, role) ?? (signer.orMachine ? identities.of(null, role) : null);
}
