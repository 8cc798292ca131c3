import type { LinkedPart } from "./signingView.ts";

/** Which linked part is lit: pinned by a click, or else under the pointer or the focus. */
export interface Lighting {
  readonly lit: LinkedPart | null;
  readonly hover: (part: LinkedPart | null) => void;
  readonly pin: (part: LinkedPart) => void;
}

/** What makes an element light up its part: pointer, focus and click. */
export function lightingOf(part: LinkedPart, lighting: Lighting) {
  return {
    "aria-pressed": lighting.lit === part,
    onMouseEnter: () => lighting.hover(part),
    onMouseLeave: () => lighting.hover(null),
    onFocus: () => lighting.hover(part),
    onBlur: () => lighting.hover(null),
    onClick: () => lighting.pin(part),
  };
}
