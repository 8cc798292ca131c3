import { useState } from "preact/hooks";
import { Inspector } from "./Inspector.tsx";
import { Icon } from "./icons.tsx";
import { type Lighting, lightingOf } from "./lighting.ts";
import type { CopySubject, PageMessage } from "./protocol.ts";
import { SignedLines } from "./SignedLines.tsx";
import { SigningCard } from "./SigningCard.tsx";
import type { LinkedPart, SigningView } from "./signingView.ts";
import { ThreeFormsTable } from "./ThreeFormsTable.tsx";

type Post = (message: PageMessage) => void;

/** How the signature came about: four steps, joined by the values that flow between them. */
export function SigningTab({ signing, post }: { readonly signing: SigningView; readonly post: Post }) {
  const [hovered, setHovered] = useState<LinkedPart | null>(null);
  const [pinned, setPinned] = useState<LinkedPart | null>(null);
  const lighting: Lighting = {
    lit: pinned ?? hovered,
    hover: setHovered,
    pin: (part) => setPinned((current) => (current === part ? null : part)),
  };
  const showLine = (line: number) => post({ type: "showLine", line });
  const copy = (what: CopySubject) => () => post({ type: "copy", what });
  const { canonicalRequest, stringToSign, authorization, mode } = signing;
  const isPresigned = mode === "presign";
  return (
    <div class="signingSteps">
      <div class="steps">
        <SigningCard
          number={1}
          title="Canonical request"
          note={`What both sides hash. ${canonicalRequest.length} lines.`}
          copy={copy("canonicalRequest")}
        >
          <SignedLines lines={canonicalRequest} lighting={lighting} showLine={showLine} numbered />
        </SigningCard>
        <Connector
          part="canonicalRequestHash"
          label="SHA-256"
          value={signing.canonicalRequestHash}
          lighting={lighting}
        />
        <SigningCard
          number={2}
          title="String to sign"
          note={`${stringToSign.length} lines.`}
          copy={copy("stringToSign")}
        >
          <SignedLines lines={stringToSign} lighting={lighting} showLine={showLine} numbered />
        </SigningCard>
        <div class="connector">
          <span class="flow">
            <Icon name="key" /> signed with the key below
          </span>
        </div>
        <SigningCard
          number={3}
          title="Signing key"
          note="Four HMACs. Never leaves memory, never logged."
          copy={null}
        >
          <KeyChain signing={signing} />
        </SigningCard>
        <Connector part="signature" label="HMAC-SHA256, hex" value={signing.signature} lighting={lighting} />
        <SigningCard
          number={4}
          title={isPresigned ? "Presigned URL" : "Authorization header"}
          note={isPresigned ? "Sent as parameters of the URL." : "Sent with the request."}
          copy={copy(isPresigned ? "url" : "authorization")}
        >
          <SignedLines lines={authorization} lighting={lighting} showLine={showLine} numbered={false} />
        </SigningCard>
        <ThreeFormsTable path={signing.path} query={signing.query} />
      </div>
      <Inspector parts={signing.parts} lighting={lighting} />
    </div>
  );
}

/** What flows from one step into the next. */
function Connector({
  part,
  label,
  value,
  lighting,
}: {
  readonly part: LinkedPart;
  readonly label: string;
  readonly value: string;
  readonly lighting: Lighting;
}) {
  return (
    <div class={`connector part-${part}`}>
      <button
        type="button"
        class={lighting.lit === part ? "flow lit" : "flow"}
        {...lightingOf(part, lighting)}
      >
        {label} <code>{`${value.slice(0, 8)}…${value.slice(-4)}`}</code>
      </button>
    </div>
  );
}

function KeyChain({ signing }: { readonly signing: SigningView }) {
  return (
    <ol class="keyChain">
      <li>
        <span class="quiet">start</span>
        <code>“AWS4” + secret</code>
        <span class="quiet">
          <Icon name="lock" /> hidden
        </span>
      </li>
      {signing.signingKey.map(({ with: material, gives, source }) => (
        <li key={gives} title={source}>
          <span class="quiet">HMAC with</span>
          <code class="scopeText">{material}</code>
          <span class="quiet">
            <Icon name="lock" /> {gives}
          </span>
        </li>
      ))}
    </ol>
  );
}
