import { type Lighting, lightingOf } from "./lighting.ts";
import type { LinkedPart, PartExplanation } from "./signingView.ts";

/** What the lit part is, where it comes from and where else it stands; and all parts there are. */
export function Inspector({
  parts,
  lighting,
}: {
  readonly parts: readonly PartExplanation[];
  readonly lighting: Lighting;
}) {
  const shown = parts.find(({ part }) => part === lighting.lit) ?? null;
  return (
    <aside class="inspector" aria-label="Linked parts">
      <div class={shown === null ? "explanation" : `explanation part-${shown.part}`} aria-live="polite">
        {shown === null ? <Hint /> : <Explanation shown={shown} />}
      </div>
      <h3>Linked parts</h3>
      <ul class="legend">
        {parts.map(({ part, name }) => (
          <li key={part}>
            <LegendEntry part={part} name={name} lighting={lighting} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Hint() {
  return (
    <p class="quiet">
      Seven values flow from step to step. Point at one, or go to it with Tab; a click or Enter keeps it.
    </p>
  );
}

function Explanation({ shown }: { readonly shown: PartExplanation }) {
  return (
    <>
      <h3>
        <span class="swatch" />
        {shown.name}
      </h3>
      <p>{shown.meaning}</p>
      <dl>
        <dt>Comes from</dt>
        <dd>{shown.comesFrom}</dd>
        <dt>Appears in</dt>
        <dd>{shown.appearsIn.join(" · ")}</dd>
      </dl>
    </>
  );
}

function LegendEntry({
  part,
  name,
  lighting,
}: {
  readonly part: LinkedPart;
  readonly name: string;
  readonly lighting: Lighting;
}) {
  const isLit = lighting.lit === part;
  return (
    <button
      type="button"
      class={`legendEntry part-${part}${isLit ? " lit" : ""}`}
      {...lightingOf(part, lighting)}
    >
      <span class="swatch" />
      {name}
    </button>
  );
}
