import type { CheckView, LookedAtView } from "./diagnosisView.ts";
import { Icon } from "./icons.tsx";
import type { PageMessage } from "./protocol.ts";

type Post = (message: PageMessage) => void;

const outcomes = {
  passed: { icon: "pass", label: "passed" },
  failed: { icon: "error", label: "failed" },
  unknown: { icon: "info", label: "not told" },
} as const;

/** What the answer tells of the other things that AWS checks. */
export function LookedAt({ items }: { readonly items: readonly LookedAtView[] }) {
  const count = (outcome: LookedAtView["outcome"]) => items.filter((one) => one.outcome === outcome).length;
  return (
    <section>
      <h2>
        What else was checked{" "}
        <span class="quiet">
          {count("passed")} passed, {count("failed")} failed
        </span>
      </h2>
      <dl class="looked-at">
        {items.map(({ name, outcome, text }) => (
          <div key={name} class={outcome}>
            <dt>
              <Icon name={outcomes[outcome].icon} /> {name}
              <span class="hidden"> {outcomes[outcome].label}</span>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** What was asked of AWS and the host about it, and what each answer rules out. */
export function Checks({ checks, post }: { readonly checks: readonly CheckView[]; readonly post: Post }) {
  return (
    <section class="checks">
      <h2>Checks</h2>
      {checks.length > 0 && (
        <ul>
          {checks.map(({ title, outcome, text, rulesOut, speaksFor }) => (
            <li key={title} class={outcome}>
              <Icon name={outcomes[outcome].icon} /> {title}
              <span class="hidden"> {outcomes[outcome].label}</span>
              <p>{text}</p>
              {speaksFor.length > 0 && <p class="quiet">Speaks for: {speaksFor.join("; ")}</p>}
              {rulesOut.length > 0 && <p class="quiet">Rules out: {rulesOut.join("; ")}</p>}
            </li>
          ))}
        </ul>
      )}
      <div class="buttons">
        <button type="button" class="button" onClick={() => post({ type: "runChecks" })}>
          <Icon name="search" /> {checks.length === 0 ? "Run Checks…" : "Run Checks Again…"}
        </button>
      </div>
      {checks.length === 0 && (
        <p class="quiet">Asks AWS and the host about it. Each check is listed before it runs.</p>
      )}
    </section>
  );
}
