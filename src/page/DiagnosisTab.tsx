import { Checks, LookedAt } from "./Checked.tsx";
import { Comparison } from "./Comparison.tsx";
import { Fixes } from "./DiagnosisFix.tsx";
import type { DiagnosisView, FindingView } from "./diagnosisView.ts";
import { Icon } from "./icons.tsx";
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
      {diagnosis.lookedAt.length > 0 && <LookedAt items={diagnosis.lookedAt} />}
      <Checks checks={diagnosis.checks} post={post} />
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
