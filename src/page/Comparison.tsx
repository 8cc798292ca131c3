import type { ComparedLine } from "./diagnosisView.ts";
import { Marked } from "./Marked.tsx";

/** Both canonical requests line by line. */
export function Comparison({ lines }: { readonly lines: readonly ComparedLine[] }) {
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
