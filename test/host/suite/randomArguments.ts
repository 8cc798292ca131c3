import * as vscode from "vscode";

/** Numbers from 0 to below 1, the same for a seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What anybody may pass to a command: of wrong types, of wrong depths, and what comes close to a right one. */
export function randomArguments(random: () => number, uris: readonly vscode.Uri[]): readonly unknown[] {
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(values: readonly [T, ...T[]]): T => values[below(values.length)] ?? values[0];
  const uri = (): vscode.Uri => uris[below(uris.length)] ?? vscode.Uri.file("/");
  const position = (): vscode.Position => new vscode.Position(below(20), below(20));
  const text = (): string =>
    pick([
      "",
      uri().toString(),
      uri().fsPath,
      "file:///etc/passwd",
      "command:workbench.action.quit",
      "awsreq.send",
      "../".repeat(below(40)),
      "\u0000\u202e",
      "x".repeat(below(100_000)),
      String.fromCharCode(...Array.from({ length: below(50) }, () => below(65_536))),
    ]);
  const numbers = (): number =>
    pick([0, -0, -1, below(30), Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 0.5, -(2 ** 31)]);
  const throwing = {
    get document(): string {
      throw new Error("nobody may look");
    },
    toString: (): string => {
      throw new Error("nobody may ask");
    },
  };
  const deep = (depth: number): unknown =>
    depth === 0
      ? value(0)
      : pick<() => unknown>([() => [deep(depth - 1)], () => ({ [text().slice(0, 20)]: deep(depth - 1) })])();
  const value = (depth: number): unknown =>
    pick<() => unknown>([
      () => undefined,
      () => null,
      () => below(2) === 0,
      numbers,
      text,
      uri,
      position,
      () => new vscode.Range(position(), position()),
      () => new vscode.Selection(position(), position()),
      () => Symbol("argument"),
      () => 10n,
      () => () => text(),
      () => new Map([[text(), numbers()]]),
      () => new Uint8Array(below(100)),
      () => JSON.parse('{"__proto__": {"trusted": true}, "constructor": null}'),
      () => throwing,
      () => Object.create(null),
      () => (depth === 0 ? [] : deep(1 + below(30))),
    ])();
  // What comes closest to what the commands are meant for: a place in a file that is there.
  if (below(3) === 0) return [uri().toString(), below(12), ...(below(2) === 0 ? [below(20)] : [value(1)])];
  return Array.from({ length: below(5) }, () => value(1));
}
