import { writeFile } from "node:fs/promises";
import { manyAnswers } from "./outputPhases.ts";
import { hasOpened, type SignalPhase, type SignalWorld, startIn, unsigned } from "./world.ts";

/** Nearly five megabytes, the most that a request file may have. */
function large(block: (index: number) => string, head = ""): string {
  const parts = [head];
  for (let size = head.length, index = 0; ; index += 1) {
    const part = block(index);
    size += part.length;
    if (size > 4_900_000) return parts.join("");
    parts.push(part);
  }
}

const host = "https://abc.execute-api.us-east-1.amazonaws.com/prod";
const texts: Readonly<Record<string, () => string>> = {
  "many requests": () =>
    large(
      (index) =>
        `### Pet ${index}\n# @name pet${index}\nPOST ${host}/${index}?a={{b}}\nX-A: {{b}}\n\n{"a": "{{b}}"}\n\n`,
      "@b = 1\n",
    ),
  "many wrong lines": () => large(() => "X-Bad header line\n", unsigned("https://a.example/")),
  "many variables": () => large((index) => `@v${index} = {{v${index - 1}}}\n`),
  "one body": () => large((index) => `{"id": ${index}, "name": "{{b}}"},\n`, `@b = 1\n\nPOST ${host}\n\n`),
  "long lines": () => `${unsigned("https://a.example/")}\n${`${"a".repeat(900_000)}\n`.repeat(5)}`,
  "blank lines": () => "\n".repeat(4_900_000),
};

const commands: readonly (readonly string[])[] = [
  ["list"],
  ["explain", "--line", "7"],
  ["explain", "--all"],
  ["send", "--line", "7"],
  ["whoami", "--all"],
];

/** A command that computes over a large text: the phase is reached when it has taken the last byte from a FIFO. */
function computing(args: readonly string[], what: string, text: () => string): SignalPhase {
  const [command = "", ...options] = args;
  return {
    name: `${args.join(" ")}, ${what}`,
    async start(world: SignalWorld) {
      const path = world.fifo("large");
      const child = startIn(world, [command, path, ...options]);
      await writeFile(path, text());
      return child;
    },
  };
}

const parsing = Object.entries(texts).flatMap(([what, text]) =>
  commands.map((args) => computing(args, `a file of ${what}`, text)),
);

const diagnosing = [["diagnose"], ["diagnose", "--json"]].map((args) =>
  computing(args, "a capture of many answers", () => manyAnswers(10_000)),
);

const hashing: SignalPhase = {
  name: "send, hashing a large include",
  async start(world) {
    const path = await world.write("work/large.bin", "x".repeat(95_000_000));
    const text = `# @auth iam\n# @service execute-api\nPOST http://127.0.0.1:9/\n\n< ./large.bin\n`;
    const child = startIn(world, ["send", await world.write("work/a.awsreq", text)]);
    await hasOpened(child, path);
    return child;
  },
};

export const longPhases: readonly SignalPhase[] = [...parsing, ...diagnosing, hashing];
