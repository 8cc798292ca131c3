import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Cause, causes } from "../../src/diagnosis/causes/causes.ts";
import { diagnose, type Finding } from "../../src/diagnosis/diagnose.ts";
import { readDiagnosisInput } from "../../src/diagnosis/reading/readInput.ts";
import { accessCases, secondReadings } from "./accessCases.ts";
import { negatives } from "./negatives.ts";
import { signingCases } from "./signingCases.ts";
import { tokenCases } from "./tokenCases.ts";

function findingsOf(value: unknown): readonly Finding[] {
  const input = readDiagnosisInput(value);
  assert.ok(input, JSON.stringify(value));
  return diagnose(input);
}

describe("fault 79: diagnose", () => {
  const cases = [...signingCases, ...accessCases, ...tokenCases];
  for (const [index, { cause, certainty, input }] of cases.entries()) {
    it(`${index + 1}: ${cause}, ${certainty}`, () => {
      const [first] = findingsOf(input);
      assert.deepEqual([first?.cause, first?.certainty], [cause, certainty]);
      assert.ok(first !== undefined && first.evidence.length > 0 && first.fixes.length > 0);
    });
  }

  for (const [cause, input] of secondReadings) {
    it(`${cause} is among the first three, and no more than possible`, () => {
      const found = findingsOf(input)
        .slice(0, 3)
        .find((finding) => finding.cause === cause);
      assert.equal(found?.certainty, "possible");
    });
  }

  it("offers the server's time where it can be signed with: for a clock that is off by a day at most", () => {
    const commandsFor = (signed: string) =>
      findingsOf({
        status: 403,
        service: "execute-api",
        body: `{"message":"Signature expired: ${signed} is now earlier than 20260110T095500Z (20260110T100000Z - 5 min.)"}`,
      }).flatMap(({ fixes }) => fixes.flatMap((fix) => (fix.kind === "command" ? [fix.command] : [])));
    const hours = 60 * 60 * 1000;
    assert.deepEqual(commandsFor("20260110T090000Z")[0], { id: "signWithServerTime", offset: hours });
    assert.deepEqual(commandsFor("20260109T100000Z")[0], { id: "signWithServerTime", offset: 24 * hours });
    assert.ok(commandsFor("20260108T100000Z").every(({ id }) => id !== "signWithServerTime"));
  });

  it("has a test for every cause", () => {
    const tested = new Set<Cause>([
      ...cases.map(({ cause }) => cause),
      ...secondReadings.map(([cause]) => cause),
    ]);
    assert.deepEqual(
      Object.keys(causes).filter((cause) => !tested.has(cause as Cause)),
      [],
    );
  });

  it("says nothing certain of what AWS did not refuse", () => {
    assert.ok(negatives.length >= 60);
    for (const negative of negatives) {
      const certain = findingsOf(negative).filter(({ certainty }) => certainty !== "possible");
      assert.deepEqual(certain, [], JSON.stringify(negative));
    }
  });

  it("says nothing at all of a good answer", () => {
    for (const negative of negatives) {
      const { status } = negative as { status: number };
      if (status < 300) assert.deepEqual(findingsOf(negative), []);
    }
  });

  const hostile: readonly (readonly [name: string, body: string])[] = [
    ["ten thousand levels", `${"[".repeat(10_000)}${"]".repeat(10_000)}`],
    ["ten thousand objects", `${'{"message":'.repeat(10_000)}1${"}".repeat(10_000)}`],
    [
      "an entity bomb",
      `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Error><Message>&b;</Message></Error>`,
    ],
    ["__proto__", '{"__proto__":{"message":"x"},"constructor":"y","message":"Forbidden"}'],
    ["open tags", "<a>".repeat(200_000)],
    ["quotes", `The Canonical String for this request should have been ${"'".repeat(200_000)}`],
    ["blanks", `User: ${" ".repeat(300_000)}`],
    ["a huge text", "x".repeat(100_000_000)],
    ["huge JSON", `{"message":"${"y".repeat(50_000_000)}"}`],
    ["escaped quotes", '\\"'.repeat(500_000)],
    ["half a member", 'message: "'.repeat(100_000)],
    [
      "a huge token",
      `Authorization header requires 'Credential' parameter. Authorization=${"a".repeat(300_000)}`,
    ],
  ];
  for (const [name, body] of hostile) {
    it(`takes no long time for ${name}, and throws nothing`, () => {
      const started = process.hrtime.bigint();
      findingsOf({ status: 403, service: "s3", body });
      assert.ok(Number(process.hrtime.bigint() - started) / 1e6 < 2000);
    });
  }

  const corpus = resolve(__dirname, "../../../shared/aws/corpus-403.train.json");
  (existsSync(corpus) ? it : it.skip)(
    "reads real refusals: 95 of 100 first, 99 among the first three",
    () => {
      const { items } = JSON.parse(readFileSync(corpus, "utf8")) as { items: Record<string, unknown>[] };
      const places = items.map(({ cause, explanation, fix, evidence, note, ...given }) =>
        findingsOf(given).findIndex((finding) => finding.cause === cause),
      );
      const first = places.filter((place) => place === 0).length / items.length;
      const three = places.filter((place) => place >= 0 && place < 3).length / items.length;
      assert.ok(first >= 0.95 && three >= 0.99, `${first} first, ${three} in three`);
    },
  );
});
