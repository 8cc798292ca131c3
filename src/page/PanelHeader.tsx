import { clockText, expiryText, sizeText, timeText } from "./format.ts";
import { Icon, type IconName } from "./icons.tsx";
import type { PageMessage } from "./protocol.ts";
import type { IdentityChip, Outcome, PanelView } from "./view.ts";

type Post = (message: PageMessage) => void;

/** The top of the panel: what was sent, what came of it, who signed, and what can be done. */
export function PanelHeader({
  view,
  now,
  post,
}: {
  readonly view: PanelView;
  readonly now: number;
  readonly post: Post;
}) {
  const { request, outcome, identity, timing, when } = view;
  const answer = "answer" in outcome ? outcome.answer : null;
  const total = timing?.timings.total ?? null;
  return (
    <header class="head">
      <div class="requestLine">
        <span class="method">{request.method}</span>
        <h1
          class="url"
          title={`${request.origin}${request.path}${request.query === "" ? "" : `?${request.query}`}`}
        >
          <span class="origin">{request.origin}</span>
          <span class="path">{request.path === "" ? "/" : request.path}</span>
          <span class="query">{request.query === "" ? "" : `?${request.query}`}</span>
        </h1>
        <Toolbar view={view} post={post} />
      </div>
      <div class="meta">
        <Status outcome={outcome} now={now} />
        {answer !== null && total !== null && <span class="fact">{timeText(total)}</span>}
        {answer !== null && <span class="fact">{sizeText(answer.bytes)}</span>}
        {outcome.kind !== "sending" && when > 0 && (
          <span class="fact">
            <Icon name="history" />
            {clockText(when)}
          </span>
        )}
        <button
          type="button"
          class="place"
          onClick={() => post({ type: "showLine", line: view.restore.line })}
        >
          {request.place}
        </button>
        {identity !== null && <Identity chip={identity} now={now} post={post} />}
      </div>
    </header>
  );
}

function Toolbar({ view, post }: { readonly view: PanelView; readonly post: Post }) {
  const { outcome, pinned } = view;
  const hasAnswer = outcome.kind === "answered" || outcome.kind === "cut";
  const isSending = outcome.kind === "sending";
  return (
    <div class="toolbar" role="toolbar" aria-label="Request">
      {isSending ? (
        <Action icon="stop" label="Cancel" run={() => post({ type: "cancel" })} />
      ) : (
        <Action icon="send" label="Send again" run={() => post({ type: "sendAgain" })} />
      )}
      {hasAnswer && <Action icon="copy" label="Copy body" run={() => post({ type: "copy", what: "body" })} />}
      {hasAnswer && <Action icon="save" label="Save body to a file" run={() => post({ type: "save" })} />}
      {hasAnswer && (
        <Action icon="open" label="Open body in an editor" run={() => post({ type: "openInEditor" })} />
      )}
      <Action
        icon={pinned ? "pinned" : "pin"}
        label="Keep this result"
        pressed={pinned}
        run={() => post({ type: "togglePin" })}
      />
    </div>
  );
}

/** A button that is an icon; its label is its name and its tooltip. */
export function Action({
  icon,
  label,
  pressed,
  run,
}: {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: boolean;
  readonly run: () => void;
}) {
  return (
    <button
      type="button"
      class="action"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
}

function Status({ outcome, now }: { readonly outcome: Outcome; readonly now: number }) {
  const { icon, tone, text } = statusOf(outcome, now);
  return (
    <span class={`status ${tone}`}>
      <Icon name={icon} className={outcome.kind === "sending" ? "spinning" : ""} />
      <span>{text}</span>
    </span>
  );
}

interface StatusLook {
  readonly icon: IconName;
  readonly tone: "good" | "bad" | "plain";
  readonly text: string;
}

const faultTexts = {
  refused: "Refused",
  noCredentials: "No credentials",
  network: "No answer",
  text: "Not sent",
  failed: "Failed",
} as const;

/** What became of the request, in a few words and never by colour alone. */
export function statusOf(outcome: Outcome, now: number): StatusLook {
  switch (outcome.kind) {
    case "sending":
      return {
        icon: "history",
        tone: "plain",
        text: `${outcome.sends ? "Sending" : "Signing"}… ${timeText(Math.max(0, now - outcome.started))}`,
      };
    case "answered":
    case "cut": {
      const { status, statusText } = outcome.answer;
      const isGood = status < 400 && outcome.kind === "answered";
      const cut = outcome.kind === "cut" ? ", cut off" : "";
      return {
        icon: isGood ? "pass" : "error",
        tone: isGood ? "good" : "bad",
        text: `${status} ${statusText}${cut}`,
      };
    }
    case "explained":
      return { icon: "key", tone: "plain", text: "Signed, not sent" };
    case "cancelled":
      return { icon: "slash", tone: "plain", text: "Cancelled" };
    case "restored":
      return { icon: "history", tone: "plain", text: "Not sent again" };
    default:
      return { icon: "error", tone: "bad", text: faultTexts[outcome.kind] };
  }
}

function Identity({
  chip,
  now,
  post,
}: {
  readonly chip: IdentityChip;
  readonly now: number;
  readonly post: Post;
}) {
  const { profile, region, service, account, role, arn, source, kind, accessKeyId } = chip;
  const shortRole = role === null ? null : role.slice(role.lastIndexOf("/") + 1);
  const parts = [profile, account, shortRole, region, service].filter((part) => part !== null);
  const expiry = expiryText(chip.expires, now);
  const isExpired = expiry === "expired";
  const title = [`${profile}: ${kind}, ${accessKeyId}`, `chosen by ${source}`, arn ?? role ?? ""]
    .filter(Boolean)
    .join("\n");
  return (
    <button
      type="button"
      class="identity"
      title={title}
      aria-label={`Signed as ${parts.join(", ")}${expiry === null ? "" : `, ${expiry}`}. Switch profile`}
      onClick={() => post({ type: "help", action: "switchProfile" })}
    >
      <Icon name="account" />
      <span>{parts.join(" · ")}</span>
      {expiry !== null && (
        <span class={isExpired ? "expiry bad" : "expiry"}>
          {isExpired && <Icon name="warning" />} {expiry}
        </span>
      )}
    </button>
  );
}
