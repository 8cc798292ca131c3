import type { ThreeForms } from "./signingView.ts";

/** Path and query as typed, as sent and as signed: where they differ, signatures are lost. */
export function ThreeFormsTable({ path, query }: { readonly path: ThreeForms; readonly query: ThreeForms }) {
  const hasQuery = query.typed !== "" || query.sent !== "" || query.signed !== "";
  return (
    <section class="forms" aria-labelledby="forms">
      <h2 id="forms">Typed, sent, signed</h2>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">Path</th>
            {hasQuery && <th scope="col">Query</th>}
          </tr>
        </thead>
        <tbody>
          {(["typed", "sent", "signed"] as const).map((form, index) => (
            <tr key={form}>
              <th scope="row">{form}</th>
              <Form
                text={path[form]}
                before={index === 0 ? null : path[form === "sent" ? "typed" : "sent"]}
              />
              {hasQuery && (
                <Form
                  text={query[form]}
                  before={index === 0 ? null : query[form === "sent" ? "typed" : "sent"]}
                />
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Form({ text, before }: { readonly text: string; readonly before: string | null }) {
  const isSame = before === text;
  return (
    <td>
      <code class={isSame ? "same" : ""}>{text === "" ? "(empty)" : text}</code>
      {before !== null && <span class="quiet">{isSame ? " the same" : " changed"}</span>}
    </td>
  );
}
