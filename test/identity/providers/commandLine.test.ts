import assert from "node:assert/strict";
import fc from "fast-check";
import { splitCommandLine } from "../../../src/identity/providers/commandLine.ts";

type Case = readonly [command: string, words: string[] | null];

const posix: readonly Case[] = [
  ["", []],
  ["  ", []],
  ["get-keys", ["get-keys"]],
  ["  get-keys  --profile\tprod ", ["get-keys", "--profile", "prod"]],
  ["'/opt/my tools/get keys' --json", ["/opt/my tools/get keys", "--json"]],
  ['"/opt/my tools/get keys" "a b"', ["/opt/my tools/get keys", "a b"]],
  ["a\\ b c", ["a b", "c"]],
  ['"a \\" b \\\\ c \\d"', ['a " b \\ c \\d']],
  ["'a \\ b'", ["a \\ b"]],
  ["a''b \"\" ''", ["ab", "", ""]],
  ['a"b c"d', ["ab cd"]],
  ["one\n two", ["one", "two"]],
  ["C:\\Tools\\k.exe", ["C:Toolsk.exe"]],
  ["a#b #c", ["a#b", "#c"]],
  ["$HOME/bin/x ~/y | z", ["$HOME/bin/x", "~/y", "|", "z"]],
  ["it's", null],
  ['"open', null],
  ["end\\", null],
];

const windows: readonly Case[] = [
  ["", []],
  ["C:\\Tools\\get.exe --profile prod", ["C:\\Tools\\get.exe", "--profile", "prod"]],
  [
    '"C:\\Program Files\\Get Keys\\get.exe" --profile prod',
    ["C:\\Program Files\\Get Keys\\get.exe", "--profile", "prod"],
  ],
  ['get.exe "a \\"b\\" c"', ["get.exe", 'a "b" c']],
  ['get.exe "C:\\dir\\\\" next', ["get.exe", "C:\\dir\\", "next"]],
  ['get.exe a\\\\b c\\\\\\"d', ["get.exe", "a\\\\b", 'c\\"d']],
  ['get.exe "" x', ["get.exe", "", "x"]],
  ["get.exe 'a b'", ["get.exe", "'a", "b'"]],
  ["get.exe\ta  b", ["get.exe", "a", "b"]],
  ["\\\\server\\share\\get.exe x", ["\\\\server\\share\\get.exe", "x"]],
  ["get.exe tail\\", ["get.exe", "tail\\"]],
  ['get.exe "open', null],
  ['C:\\"Program Files"\\get.exe', null],
];

// What botocore's compat_shell_split gives for the same commands.
describe("splitCommandLine", () => {
  for (const [command, words] of posix) {
    it(`POSIX: ${JSON.stringify(command)}`, () =>
      assert.deepEqual(splitCommandLine(command, "linux"), words));
  }
  for (const [command, words] of windows) {
    it(`fault 99: Windows: ${JSON.stringify(command)}`, () => {
      assert.deepEqual(splitCommandLine(command, "win32"), words);
    });
  }

  it("gives back every list of arguments that was quoted for it", () => {
    const argument = fc.string({ unit: fc.constantFrom("a", " ", '"', "'", "\\", "\t", "$"), maxLength: 8 });
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (words) => {
        const forPosix = words.map((word) => `'${word.replaceAll("'", `'"'"'`)}'`).join(" ");
        const forWindows = words.map(quotedForWindows).join(" ");
        assert.deepEqual(splitCommandLine(forPosix, "darwin"), words);
        assert.deepEqual(splitCommandLine(forWindows, "win32"), words);
      }),
    );
  });
});

/** Backslashes before a quote, also before the closing one, are doubled. */
function quotedForWindows(word: string): string {
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`;
}
