import { Icon } from "./icons.tsx";
import type { PageMessage } from "./protocol.ts";
import type { ComparedLine, DiagnosisView, FindingView } from "./view.ts";

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
            {others.map(({ cause, title, certainty, fixes }) => (
              <li key={cause}>
                <Certainty certainty={certainty} /> {title}
                <p class="quiet">{fixes.join(" ")}</p>
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
  const { cause, certainty, title, detail, evidence, fixes, statement } = finding;
  return (
    <section class="verdict">
      <h2>
        <Icon name="error" className="bad" /> {title}
      </h2>
      {detail !== `${title}.` && <p class="message">{detail}</p>}
      <Certainty certainty={certainty} />
      <ul class="evidence">
        {evidence.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {fixes.map((text) => (
        <p key={text} class="hint">
          {text}
        </p>
      ))}
      {statement !== null && (
        <div class="statement">
          <pre>
            <code>{statement}</code>
          </pre>
          <button type="button" class="button" onClick={() => post({ type: "copyText", text: statement })}>
            <Icon name="copy" /> Copy Statement
          </button>
        </div>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button primary"
          onClick={() => post({ type: "help", action: "showRequest" })}
        >
          Show the Request
        </button>
        <button type="button" class="button" onClick={() => post({ type: "sendAgain" })}>
          <Icon name="send" /> Send Again
        </button>
      </div>
      <p class="quiet">{cause}</p>
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
                <Side mark={same ? "" : "−"} text={ours} />
              </td>
              <td>
                <Side mark={same ? "=" : "+"} text={theirs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Side({ mark, text }: { readonly mark: string; readonly text: string | null }) {
  return (
    <code>
      {mark} {text === null ? "(not there)" : text || "(empty)"}
    </code>
  );
}
