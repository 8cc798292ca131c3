import { pairOf, pairTable, places, scanWindow, windowEnd } from "./pairScan.ts";

/** Gives what counts the control characters of a text. @param usual those of C0 that do not count */
export function controlCounter(usual: string): (text: string) => number {
  const controls = new Set(
    Array.from({ length: 0x20 }, (_, code) => code).filter(
      (code) => !usual.includes(String.fromCharCode(code)),
    ),
  );
  let table: Uint8Array | null = null;
  return (text) => {
    table ??= tableOf(controls);
    let count = 0;
    for (let at = 0; at < text.length; at = windowEnd(at, text.length)) {
      for (let index = 0, found = scanWindow(text, at, table); index < found; index += 1) {
        const place = at + ((places[index] as number) >> 8);
        if (controls.has(text.charCodeAt(place))) count += 1;
        if (controls.has(text.charCodeAt(place + 1))) count += 1;
      }
    }
    return count;
  };
}

function tableOf(controls: ReadonlySet<number>): Uint8Array {
  const table = pairTable();
  for (const control of controls) {
    for (let other = 0; other < 256; other += 1) {
      table[pairOf(control, other)] = 1;
      table[pairOf(other, control)] = 1;
    }
  }
  return table;
}
