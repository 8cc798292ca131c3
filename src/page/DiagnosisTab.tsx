import { Fixes } from "./DiagnosisFix.tsx";
import type { ComparedLine, DiagnosisView, FindingView, LookedAtView } from "./diagnosisView.ts";
import { Icon } from "./icons.tsx";
import { Marked } from "./Marked.tsx";
import type { PageMessage } from "./protocol.ts";

type Post = (message: PageMessage) => void;

/** Why the request was refused: the verdict, both canonical requests line by line, and what else fits. */
export function DiagnosisTab({
  diagnosis,
  post,
}: {
  readonly diagnosis: DiagnosisView;
  readonly post: Post;
}) {
  const [first, ...others] = diagnosis.findings;
  if (first === undefined) return null;
  return (
    <div class="doctor">
      <Verdict finding={first} post={post} />
      {diagnosis.comparison !== null && <Comparison lines={diagnosis.comparison} />}
      {diagnosis.lookedAt.length > 0 && <LookedAt items={diagnosis.lookedAt} />}
      {others.length > 0 && (
        <section>
          <h2>What else fits</h2>
          <ul class="others">
            {others.map((finding, index) => (
              <li key={finding.cause}>
                <details>
                  <summary>
                    <Certainty certainty={finding.certainty} /> {finding.title}
                  </summary>
                  <Reasons finding={finding} />
                  <Fixes finding={finding} index={index + 1} post={post} />
                </details>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

const certainties = {
  proved: { icon: "pass", text: "Proved by the service's own canonical string" },
  likely: { icon: "info", text: "Likely: the answer says so" },
  possible: { icon: "info", text: "Possible, among others" },
} as const;

function Certainty({ certainty }: { readonly certainty: FindingView["certainty"] }) {
  const { icon, text } = certainties[certainty];
  return (
    <span class={`certainty ${certainty}`}>
      <Icon name={icon} /> {text}
    </span>
  );
}

function Verdict({ finding, post }: { readonly finding: FindingView; readonly post: Post }) {
  const { cause, certainty, title } = finding;
  return (
    <section class="verdict">
      <h2>
        <Icon name="error" className="bad" /> {title}
      </h2>
      <Certainty certainty={certainty} />
      <Reasons finding={finding} />
      <Fixes finding={finding} index={0} post={post} />
      <div class="buttons">
        <button type="button" class="button" onClick={() => post({ type: "help", action: "showRequest" })}>
          Show the Request
        </button>
        <button type="button" class="button" onClick={() => post({ type: "sendAgain" })}>
          <Icon name="send" /> Send Again
        </button>
        <button type="button" class="button" onClick={() => post({ type: "copy", what: "supportBundle" })}>
          <Icon name="copy" /> Copy for Support
        </button>
      </div>
      <p class="quiet">{cause}</p>
    </section>
  );
}

function Reasons({ finding: { title, detail, evidence } }: { readonly finding: FindingView }) {
  return (
    <>
      {detail !== `${title}.` && <p class="message">{detail}</p>}
      <ul class="evidence">
        {evidence.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </>
  );
}

const outcomes = {
  passed: { icon: "pass", label: "passed" },
  failed: { icon: "error", label: "failed" },
  unknown: { icon: "info", label: "not told" },
} as const;

/** What the answer tells of the other things that AWS checks. */
function LookedAt({ items }: { readonly items: readonly LookedAtView[] }) {
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
              <span class="unseen"> {outcomes[outcome].label}</span>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Comparison({ lines }: { readonly lines: readonly ComparedLine[] }) {
  const different = lines.filter(({ same }) => !same).length;
  const count = different === 0 ? "every line is the same" : `${different} of ${lines.length} lines differ`;
  return (
    <section>
      <h2>
        Your canonical request and the server's <span class="quiet">{count}</span>
      </h2>
      <table class="comparison">
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Yours, as signed</th>
            <th scope="col">The server's, from its reply</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, ours, theirs, same }, index) => (
            <tr key={`${index} ${label}`} class={same ? "same" : "different"}>
              <th scope="row">{label}</th>
              <td>
                <Side mark={same ? "" : "−"} text={ours} other={theirs} />
              </td>
              <td>
                <Side mark={same ? "=" : "+"} text={theirs} other={ours} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Side({
  mark,
  text,
  other,
}: {
  readonly mark: string;
  readonly text: string | null;
  readonly other: string | null;
}) {
  if (text === null || text === "")
    return (
      <code>
        {mark} {text === null ? "(not there)" : "(empty)"}
      </code>
    );
  return (
    <code>
      {mark} <Marked text={text} other={other} />
    </code>
  );
}
