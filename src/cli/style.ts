/** Marks up text for a terminal, or leaves it as it is. */
export interface Style {
  readonly heading: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly bad: (text: string) => string;
}

type Escape = readonly [open: number, close: number];

const escapes = {
  heading: [1, 22],
  dim: [2, 22],
  good: [32, 39],
  warning: [33, 39],
  bad: [31, 39],
} as const satisfies Record<keyof Style, Escape>;

/** Whether a stream takes colours: a terminal, and neither NO_COLOR nor a dumb one. See https://no-color.org. */
export function wantsColour(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): boolean {
  const noColour = env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "";
  return isTerminal && !noColour && env["TERM"] !== "dumb";
}

/** A style with or without colours. */
export function createStyle(colours: boolean): Style {
  const mark =
    ([open, close]: Escape) =>
    (text: string) =>
      colours ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    heading: mark(escapes.heading),
    dim: mark(escapes.dim),
    good: mark(escapes.good),
    warning: mark(escapes.warning),
    bad: mark(escapes.bad),
  };
}
