import type { ChangedLineView, FindingView, FixView } from "./diagnosisView.ts";
import { Icon } from "./icons.tsx";
import { Marked } from "./Marked.tsx";
import type { PageMessage } from "./protocol.ts";

type Post = (message: PageMessage) => void;
type Act = (send: boolean) => void;

/** What can be done about a finding: edits as a diff, commands as buttons, texts to copy, words, and where to read on. */
export function Fixes({
  finding,
  index,
  post,
}: {
  readonly finding: FindingView;
  readonly index: number;
  readonly post: Post;
}) {
  const numbered = finding.fixes.map((fix, at) => ({
    fix,
    act: (send: boolean) => post({ type: "fix", finding: index, fix: at, send }),
  }));
  return (
    <div class="fixes">
      {numbered.map(({ fix, act }) => (
        <FixItem key={`${fix.kind} ${fix.title}`} fix={fix} act={act} post={post} />
      ))}
    </div>
  );
}

function FixItem({ fix, act, post }: { readonly fix: FixView; readonly act: Act; readonly post: Post }) {
  switch (fix.kind) {
    case "edit":
      return <Edit fix={fix} act={act} />;
    case "copy":
      return <Copied fix={fix} post={post} />;
    case "command":
      return (
        <button type="button" class="button primary" onClick={() => act(true)}>
          {fix.title}
        </button>
      );
    case "link":
      return (
        <button type="button" class="link" onClick={() => act(false)}>
          {fix.title}
        </button>
      );
    case "advice":
      return <p class="hint">{fix.title}</p>;
  }
}

type EditView = Extract<FixView, { kind: "edit" }>;

function Edit({ fix, act }: { readonly fix: EditView; readonly act: Act }) {
  const { title, proved, lines } = fix;
  if (lines === null) return <p class="hint">{title}</p>;
  return (
    <div class="edit">
      <div class="edit-head">
        <span>{title}</span>
        {proved && (
          <span class="certainty proved">
            <Icon name="pass" /> Verified: the changed canonical request equals the server's, byte for byte
          </span>
        )}
      </div>
      <div class="edit-lines">
        {lines.map(({ change, number, text }) => (
          <code key={`${change} ${number}`} class={change}>
            <span class="number">{number}</span>
            {change === "removed" ? "−" : "+"} <Marked text={text} other={counterpart(lines, change)} />
          </code>
        ))}
      </div>
      <div class="buttons">
        <button type="button" class="button primary" onClick={() => act(true)}>
          <Icon name="send" /> Apply and Send Again
        </button>
        <button type="button" class="button" onClick={() => act(false)}>
          Apply
        </button>
      </div>
    </div>
  );
}

/** The line that took its place, where one line took the place of one. */
function counterpart(lines: readonly ChangedLineView[], change: ChangedLineView["change"]): string | null {
  const [other, ...more] = lines.filter((line) => line.change !== change);
  return other === undefined || more.length > 0 || lines.length > 2 ? null : other.text;
}

function Copied({
  fix: { title, text },
  post,
}: {
  readonly fix: Extract<FixView, { kind: "copy" }>;
  readonly post: Post;
}) {
  return (
    <div class="statement">
      <pre>
        <code>{text}</code>
      </pre>
      <button type="button" class="button" onClick={() => post({ type: "copyText", text })}>
        <Icon name="copy" /> {title}
      </button>
    </div>
  );
}
