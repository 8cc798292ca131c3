import { useMemo, useState } from "preact/hooks";
import { Banner } from "./Banner.tsx";
import { BodyText } from "./BodyText.tsx";
import { sizeText } from "./format.ts";
import { hexDump } from "./hexDump.ts";
import { ImageBody } from "./ImageBody.tsx";
import type { PageMessage } from "./protocol.ts";
import type { BodyContent, Outcome, PanelView } from "./view.ts";

type Post = (message: PageMessage) => void;

/** What was answered: banners for what is odd about it, then the body. */
export function ResponseTab({
  view,
  body,
  post,
}: {
  readonly view: PanelView;
  readonly body: BodyContent | null;
  readonly post: Post;
}) {
  const { outcome, notes } = view;
  return (
    <div class="response">
      {outcome.kind === "answered" && outcome.answer.answeredBy === "proxy" && (
        <Banner tone="bad">
          <b>This is the proxy's answer, not the host's.</b> The request did not get through to{" "}
          {view.request.origin}.
        </Banner>
      )}
      {outcome.kind === "cut" && (
        <Banner tone="bad">
          <b>The answer was cut off.</b> {outcome.fault.message} What came until then is below.
        </Banner>
      )}
      {redirectsOf(outcome).map((where) => (
        <Banner key={where} tone="plain">
          <b>Redirect, not followed:</b> {where}
        </Banner>
      ))}
      {notes.map((note) => (
        <Banner key={note} tone="plain">
          {note}
        </Banner>
      ))}
      {body?.kind === "text" && body.note !== undefined && (
        <Banner tone="plain">{body.note} Saved to a file it keeps its exact bytes.</Banner>
      )}
      {body === null ? (
        <p class="quiet">{outcome.kind === "explained" ? "Nothing was sent, so there is no answer." : "…"}</p>
      ) : (
        <Body body={body} outcome={outcome} post={post} />
      )}
    </div>
  );
}

function redirectsOf(outcome: Outcome): readonly string[] {
  return ("answer" in outcome && outcome.answer.redirects) || [];
}

function Body({
  body,
  outcome,
  post,
}: {
  readonly body: BodyContent;
  readonly outcome: Outcome;
  readonly post: Post;
}) {
  switch (body.kind) {
    case "empty":
      return <p class="quiet">The body is empty.</p>;
    case "text":
      return <BodyText body={body} answer={"answer" in outcome ? outcome.answer : null} post={post} />;
    case "image":
      return <ImageBody mime={body.mime} data={body.data} />;
    case "binary":
      return <BinaryBody body={body} post={post} />;
    case "large":
      return <LargeBody bytes={body.bytes} post={post} />;
  }
}

const firstShown = 4096;

function BinaryBody({
  body: { head, bytes, isLarge = false },
  post,
}: {
  readonly body: Extract<BodyContent, { kind: "binary" }>;
  readonly post: Post;
}) {
  const [all, setAll] = useState(false);
  const dump = useMemo(() => hexDump(all ? head : head.subarray(0, firstShown)), [head, all]);
  const shown = all ? head.length : Math.min(head.length, firstShown);
  return (
    <div class="binary">
      <p class="quiet">
        {sizeText(bytes)} that are {isLarge ? "more than can be shown here" : "no text"}
        {shown < bytes && `; the first ${sizeText(shown)} are shown`}.
      </p>
      <pre class="hex">{dump}</pre>
      <div class="buttons">
        {!all && head.length > firstShown && (
          <button type="button" class="button" onClick={() => setAll(true)}>
            Show {sizeText(head.length)}
          </button>
        )}
        <button type="button" class="button" onClick={() => post({ type: "save" })}>
          Save…
        </button>
      </div>
    </div>
  );
}

function LargeBody({ bytes, post }: { readonly bytes: number; readonly post: Post }) {
  return (
    <div class="state">
      <h2>The body has {sizeText(bytes)}</h2>
      <p>It is not shown unasked: so much text may take seconds to lay out.</p>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => post({ type: "save" })}>
          Save…
        </button>
        <button type="button" class="button" onClick={() => post({ type: "openInEditor" })}>
          Open in an Editor
        </button>
        <button type="button" class="button" onClick={() => post({ type: "showBody" })}>
          Show Here
        </button>
      </div>
    </div>
  );
}
