import assert from "node:assert/strict";
import type { TripError } from "../../src/errors.ts";
import { redactedError, redactedTrip, redactorOf } from "../../src/shown/tripRedactor.ts";
import { startedTrip, type Trip } from "../../src/trip/trip.ts";

const secret = "private-value-of-a-file";
const told = (text: string): string => `${text} ${secret}.`;
const hidden = (text: string): string => `${text} ‹private value›.`;

const error: TripError = {
  code: "E_TEST",
  phase: "credentials",
  message: told("It failed at"),
  hint: told("Look at"),
  tried: [{ text: told("keys of"), outcome: "failed" }],
};
const masked: TripError = {
  ...error,
  message: hidden("It failed at"),
  hint: hidden("Look at"),
  tried: [{ text: hidden("keys of"), outcome: "failed" }],
};

type Told = Pick<Trip, "error" | "notes">;

/** A trip that knows a private value and came to this. */
function tripWith(part: Told): Trip {
  const text = { name: null, title: "", line: 0, problems: [], request: null, auth: null };
  return { ...startedTrip({ ...text, error: null, privateValues: [secret] }), ...part };
}

describe("what is told of a trip", () => {
  const rows: readonly (readonly [name: string, part: Told, shown: Told])[] = [
    ["an error alone", { error, notes: [] }, { error: masked, notes: [] }],
    ["a note alone", { error: null, notes: [told("See")] }, { error: null, notes: [hidden("See")] }],
    ["both", { error, notes: [told("See")] }, { error: masked, notes: [hidden("See")] }],
    ["nothing", { error: null, notes: [] }, { error: null, notes: [] }],
  ];
  for (const [name, part, shown] of rows) {
    it(`holds no private value: ${name}`, () => {
      const { error, notes } = redactedTrip(tripWith(part));
      assert.deepEqual({ error, notes }, shown);
    });
  }

  it("keeps an error without a hint one", () => {
    const redactor = redactorOf(tripWith({ error: null, notes: [] }));
    assert.equal(redactedError({ ...error, hint: null }, redactor).hint, null);
  });
});
