import { clockText, sizeText } from "./format.ts";
import { Icon } from "./icons.tsx";
import type { PageMessage } from "./protocol.ts";
import type { Fault, LastAnswer, Outcome, TriedStep } from "./view.ts";

type Post = (message: PageMessage) => void;

/** What is shown in place of an answer while there is none. Null when there is one. */
export function OutcomeState({ outcome, post }: { readonly outcome: Outcome; readonly post: Post }) {
  switch (outcome.kind) {
    case "sending":
      return <Sending outcome={outcome} post={post} />;
    case "cancelled":
      return (
        <State title="Cancelled" text={outcome.step}>
          <SendButton post={post} label="Send Again" />
        </State>
      );
    case "restored":
      return <Restored last={outcome.last} post={post} />;
    case "refused":
    case "noCredentials":
    case "network":
    case "text":
    case "failed":
      return <FaultState kind={outcome.kind} fault={outcome.fault} post={post} />;
    default:
      return null;
  }
}

function Sending({
  outcome,
  post,
}: {
  readonly outcome: Extract<Outcome, { kind: "sending" }>;
  readonly post: Post;
}) {
  const { done, current, received } = outcome;
  return (
    <div class="state">
      <ol class="progress">
        {done.map(({ step, text }) => (
          <li key={step} class="done">
            <Icon name="check" className="good" />
            {text}
          </li>
        ))}
        <li class="current">
          <span class="dot" />
          {current.text}
          {received > 0 && `, ${sizeText(received)} so far`}
        </li>
      </ol>
      <button type="button" class="button" onClick={() => post({ type: "cancel" })}>
        Cancel <kbd>Esc</kbd>
      </button>
    </div>
  );
}

const faultTitles = {
  refused: "Refused: nothing was sent",
  noCredentials: "No credentials: nothing was sent",
  network: "No answer came",
  text: "The request cannot be sent as it is written",
  failed: "Something went wrong",
} as const;

function FaultState({
  kind,
  fault,
  post,
}: {
  readonly kind: keyof typeof faultTitles;
  readonly fault: Fault;
  readonly post: Post;
}) {
  const { message, hint, help, code, tried } = fault;
  return (
    <State title={faultTitles[kind]} text={message} bad>
      {hint !== null && <p class="hint">{hint}</p>}
      {tried.length > 0 && <Tried steps={tried} />}
      <div class="buttons">
        {help !== null && (
          <button
            type="button"
            class="button primary"
            onClick={() => post({ type: "help", action: help.action })}
          >
            {help.label}
          </button>
        )}
      </div>
      <p class="quiet">{code}</p>
    </State>
  );
}

const triedLooks = {
  found: { icon: "check", tone: "good", word: "found" },
  skipped: { icon: "slash", tone: "quiet", word: "not used" },
  failed: { icon: "error", tone: "bad", word: "failed" },
} as const;

/** What was tried, in order; never by colour alone. */
function Tried({ steps }: { readonly steps: readonly TriedStep[] }) {
  return (
    <section class="tried">
      <h3>Tried, in this order</h3>
      <ol class="progress">
        {steps.map(({ text, outcome }) => {
          const { icon, tone, word } = triedLooks[outcome];
          return (
            <li key={text} class={tone === "quiet" ? "done" : undefined}>
              <Icon name={icon} className={tone} />
              <span>
                {text} <span class="hidden">({word})</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Restored({ last, post }: { readonly last: LastAnswer | null; readonly post: Post }) {
  const before =
    last === null
      ? "It had not been answered."
      : `The last answer was ${last.status} ${last.statusText}, at ${clockText(last.when)}. It is not kept over a reload.`;
  return (
    <State title="Not sent again" text={`This panel came back with the window. ${before}`}>
      <SendButton post={post} label="Send" />
    </State>
  );
}

function SendButton({ post, label }: { readonly post: Post; readonly label: string }) {
  return (
    <div class="buttons">
      <button type="button" class="button primary" onClick={() => post({ type: "sendAgain" })}>
        <Icon name="play" /> {label}
      </button>
    </div>
  );
}

function State({
  title,
  text,
  bad = false,
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly bad?: boolean;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <div class={bad ? "state bad" : "state"}>
      <h2>
        {bad && <Icon name="error" />}
        {title}
      </h2>
      <p class="message">{text}</p>
      {children}
    </div>
  );
}
