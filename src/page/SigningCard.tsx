import type { ComponentChildren } from "preact";
import { Action } from "./PanelHeader.tsx";

/** One step of signing. */
export function SigningCard({
  number,
  title,
  note,
  copy,
  children,
}: {
  readonly number: number;
  readonly title: string;
  readonly note: string;
  readonly copy: (() => void) | null;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="card" aria-labelledby={`step-${number}`}>
      <div class="cardHead">
        <span class="stepNumber" aria-hidden="true">
          {number}
        </span>
        <h2 id={`step-${number}`}>{title}</h2>
        <span class="quiet">{note}</span>
        <span class="filler" />
        {copy !== null && <Action icon="copy" label={`Copy ${title.toLowerCase()}`} run={copy} />}
      </div>
      <div class="cardBody">{children}</div>
    </section>
  );
}
