const rowSize = 1024;

/** The two shapes of a large body. */
export type LargeFormat = "array" | "lines";

const frames: Readonly<Record<LargeFormat, readonly [open: string, between: string, close: string]>> = {
  array: ["[", ",\n", "]"],
  lines: ["", "\n", "\n"],
};

/** Exactly `size` bytes (at least 2) of JSON, row by row: one array, or one object a line. */
export function* largeBody(size: number, format: LargeFormat): Generator<Uint8Array> {
  const [open, between, close] = frames[format];
  let left = size - open.length - close.length;
  yield Buffer.from(open, "latin1");
  for (let id = 1; left > 0; id++) {
    const separator = id === 1 ? "" : between;
    // The last row takes what is left, so that no row but a lone one is too short to be an object.
    const length = left < 2 * rowSize ? left : rowSize;
    yield Buffer.from(separator + row(id, length - separator.length), "latin1");
    left -= length;
  }
  yield Buffer.from(close, "latin1");
}

// A row shorter than its own braces is blanks, which JSON allows between its tokens.
function row(id: number, length: number): string {
  const bare = `{"id":${id},"pad":""}`;
  if (length < bare.length) return " ".repeat(length);
  return `{"id":${id},"pad":"${"x".repeat(length - bare.length)}"}`;
}
