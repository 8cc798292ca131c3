import type { ComponentChildren } from "preact";
import { Icon } from "./icons.tsx";

/** Something that has to be known before what is below is read. */
export function Banner({
  tone,
  children,
}: {
  readonly tone: "bad" | "plain";
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`banner ${tone}`}>
      <Icon name={tone === "bad" ? "error" : "info"} />
      <div>{children}</div>
    </div>
  );
}
