import { createRedactor } from "../src/guard/redactor.ts";
import { type Claim, measure, report } from "./measure.ts";

const size = 1_000_000;
const record =
  '{"id":1234,"name":"Alice","email":"a@example.com","note":"a few words of text","price":1.5},\n';

/** A megabyte of each. */
const texts: Readonly<Record<string, string>> = {
  "JSON, a secret in it": filled(record),
  "lines of a log": filled("2026-01-01T00:00:00Z INFO request handled path /a/b/c status 200\n"),
  "JSON in JSON": filled(JSON.stringify(record).slice(1, -1)),
  "JSON in JSON in JSON": filled(JSON.stringify(JSON.stringify(record)).slice(1, -1)),
  "%41 everywhere": filled("%41"),
  "& everywhere": filled("&"),
  '\\" everywhere': filled('\\"'),
};
const escaped = Object.keys(texts).slice(2);
const secrets = {
  accessKeyIds: ["AKIAIOSFODNN7EXAMPLE"],
  secrets: ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "sk_live_1234567890abcdef"],
  sessionTokens: ["IQoJb3JpZ2luX2VjEJXwCXVzLWVhc3QtMSJHMEUCIQ".repeat(8)],
  privateValues: ["https://hunter.example.com/path?x=abcdefg", "canary-value"],
};
const known = createRedactor(secrets);
const nothing = createRedactor({ accessKeyIds: [], secrets: [], sessionTokens: [], privateValues: [] });

/** As a decoder gives it. */
function filled(unit: string): string {
  const text = unit.repeat(Math.ceil(size / unit.length));
  return new TextDecoder().decode(Buffer.from(`${text} wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY`));
}

/** What it takes to look at each character once. */
function onePass(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) === 0x0a) lines += 1;
  return lines;
}

const pass = "one look at each character";
const contenders = [
  { name: pass, run: async () => onePass(texts["JSON, a secret in it"] ?? "") },
  ...Object.entries(texts).flatMap(([name, text]) => [
    { name, run: async () => known.text(text) },
    { name: `${name}; nothing known`, run: async () => nothing.text(text) },
  ]),
];
const claims: readonly Claim[] = Object.keys(texts).flatMap((name) => [
  { subject: name, against: pass, limit: escaped.includes(name) ? 30 : 3 },
  { subject: `${name}; nothing known`, against: pass, limit: 3 },
]);

void measure(contenders, 15, 1).then((measured) => {
  process.exitCode = report("redacting a megabyte", measured, claims) ? 0 : 1;
});
