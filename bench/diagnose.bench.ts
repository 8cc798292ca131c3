import { diagnose } from "../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../src/diagnosis/reading/readInput.ts";
import { type Contender, measure, report } from "./measure.ts";

/** A megabyte of each form that an answer has. */
const bodies: Readonly<Record<string, string>> = {
  "a JSON message": JSON.stringify({ message: "x".repeat(1_000_000) }),
  "a JSON list": JSON.stringify({
    items: Array.from({ length: 14_000 }, (_, id) => ({ id, name: `pet ${id}`, note: 'a "quoted" text' })),
  }),
  "an XML error": `<Error><Code>AccessDenied</Code><Message>${"x".repeat(1_000_000)}</Message></Error>`,
  "a log": "User: a b c ".repeat(83_000),
  "a page": `<html>${"<p>Forbidden</p>".repeat(62_000)}</html>`,
};

async function main(): Promise<void> {
  let holds = true;
  for (const [name, body] of Object.entries(bodies)) {
    const input = readDiagnosisInput({ status: 403, service: "execute-api", body });
    if (input === null) throw new Error(`${name} cannot be read`);
    const json = body.startsWith("{") ? body : JSON.stringify({ body });
    const contenders: readonly Contender[] = [
      { name: "diagnose", run: async () => diagnose(input) },
      { name: "JSON.parse of the body", run: async () => JSON.parse(json) },
    ];
    const measured = await measure(contenders, 25, 4);
    const claim = { subject: "diagnose", against: "JSON.parse of the body", limit: 1 };
    holds = report(`Diagnosing ${name} of 1 MB`, measured, [claim]) && holds;
  }
  process.exitCode = holds ? 0 : 1;
}

void main();
