import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { prettyJson } from "../shown/prettyJson.ts";
import { type BodyEditor, type CursorPlace, mountBodyEditor } from "./bodyEditor.ts";
import { sizeText } from "./format.ts";
import { jsonPathAt, valueOnLine } from "./jsonPath.ts";
import { Action } from "./PanelHeader.tsx";
import type { PageMessage } from "./protocol.ts";
import type { AnswerHead, BodyContent } from "./view.ts";

type TextBody = Extract<BodyContent, { readonly kind: "text" }>;
type Post = (message: PageMessage) => void;

/** A body that is text, as it came and, for JSON, re-indented. */
export function BodyText({
  body,
  answer,
  post,
}: {
  readonly body: TextBody;
  readonly answer: AnswerHead | null;
  readonly post: Post;
}) {
  const [wantsPretty, setWantsPretty] = useState(true);
  const [wraps, setWraps] = useState(true);
  const [folded, setFolded] = useState(false);
  const [cursor, setCursor] = useState<CursorPlace>({ offset: 0, line: "" });
  const pretty = useMemo(() => (body.language === "json" ? prettyJson(body.text) : null), [body]);
  const isPretty = wantsPretty && pretty !== null;
  const shown = isPretty ? pretty : body.text;
  const holder = useRef<HTMLDivElement>(null);
  const editor = useRef<BodyEditor | null>(null);
  useEffect(() => {
    if (holder.current === null) return;
    editor.current = mountBodyEditor(holder.current, "Body of the answer", setCursor);
    return () => editor.current?.destroy();
  }, []);
  useEffect(() => {
    editor.current?.show(shown, body.language);
    setFolded(false);
  }, [shown, body.language]);
  useEffect(() => editor.current?.wrap(wraps), [wraps]);
  return (
    <div class="bodyText">
      <div class="bodyBar">
        {body.language === "json" && (
          <fieldset class="choice">
            <legend class="hidden">Form of the body</legend>
            <button
              type="button"
              aria-pressed={isPretty}
              disabled={pretty === null}
              onClick={() => setWantsPretty(true)}
            >
              Pretty
            </button>
            <button type="button" aria-pressed={!isPretty} onClick={() => setWantsPretty(false)}>
              Raw
            </button>
          </fieldset>
        )}
        {body.language === "json" && pretty === null && (
          <span class="quiet">not valid JSON: shown as it came</span>
        )}
        <span class="filler" />
        <Action icon="search" label="Find" run={() => editor.current?.find()} />
        <Action icon="wrap" label="Wrap long lines" pressed={wraps} run={() => setWraps(!wraps)} />
        <Action
          icon="fold"
          label="Fold all"
          pressed={folded}
          run={() => {
            editor.current?.foldEverything(!folded);
            setFolded(!folded);
          }}
        />
        <Action icon="copy" label="Copy body" run={() => post({ type: "copy", what: "body" })} />
      </div>
      <div class="bodyEditor" ref={holder} />
      <FootBar body={body} shown={shown} cursor={cursor} answer={answer} isPretty={isPretty} post={post} />
    </div>
  );
}

function FootBar({
  body,
  shown,
  cursor,
  answer,
  isPretty,
  post,
}: {
  readonly body: TextBody;
  readonly shown: string;
  readonly cursor: CursorPlace;
  readonly answer: AnswerHead | null;
  readonly isPretty: boolean;
  readonly post: Post;
}) {
  const path = useMemo(() => (isPretty ? pathAtLine(shown, cursor) : null), [isPretty, shown, cursor]);
  const value = isPretty ? valueOnLine(cursor.line) : null;
  const lines = useMemo(() => shown.split("\n").length, [shown]);
  const encoded = answer?.encoded ?? null;
  const facts = [
    answer?.contentType.replace(/;.*$/s, "") ?? "",
    body.charset,
    `${lines} line${lines === 1 ? "" : "s"}`,
    encoded === null || answer === null
      ? ""
      : `${encoded.encoding} ${sizeText(encoded.bytes)} → ${sizeText(answer.bytes)}`,
  ];
  return (
    <div class="footBar">
      {path !== null && <code class="jsonPath">{path}</code>}
      {path !== null && (
        <button type="button" class="quietButton" onClick={() => post({ type: "copyText", text: path })}>
          Copy path
        </button>
      )}
      {value !== null && (
        <button type="button" class="quietButton" onClick={() => post({ type: "copyText", text: value })}>
          Copy value
        </button>
      )}
      <span class="filler" />
      <span>{facts.filter((fact) => fact !== "").join(" · ")}</span>
    </div>
  );
}

/** The path of the value that the cursor's line holds, not of the blanks before it. */
function pathAtLine(text: string, { offset, line }: CursorPlace): string {
  const start = text.lastIndexOf("\n", Math.max(0, offset - 1)) + 1;
  const key = /^\s*"(?:[^"\\]|\\.)*":\s/.exec(line)?.[0].length ?? /^\s*/.exec(line)?.[0].length ?? 0;
  return jsonPathAt(
    text,
    offset === 0 ? 0 : Math.min(start + key + (line.length > key ? 1 : 0), text.length),
  );
}
