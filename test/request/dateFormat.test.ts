import assert from "node:assert/strict";
import { formatDate, isDateUnit, shiftDate } from "../../src/request/dateFormat.ts";

const at = new Date("2024-02-29T23:05:06.078Z");

describe("formatDate", () => {
  const rows: readonly (readonly [format: string, minutes: number, text: string])[] = [
    ["YYYY-MM-DD HH:mm:ss.SSS ZZ", 0, "2024-02-29 23:05:06.078 +0000"],
    ["YYYY-MM-DDTHH:mm:ssZ", 330, "2024-03-01T04:35:06+05:30"],
    ["YY M D H h hh m s A a", 0, "24 2 29 23 11 11 5 6 PM pm"],
    ["h A", 60, "12 AM"],
    ["dddd ddd MMMM MMM", -1380, "Thursday Thu February Feb"],
    ["Z ZZ", -210, "-03:30 -0330"],
    ["X x", 330, "1709247906 1709247906078"],
    ["[YYYY] YYYY [", 0, "YYYY 2024 ["],
    ["[[YYYY] [] ]YYYY] [DD [", 0, "[YYYY  ]2024] [29 ["],
    ["/é:", 0, "/é:"],
    ["", 0, ""],
  ];
  for (const [format, minutes, text] of rows) {
    it(`writes ${JSON.stringify(format)} at ${minutes} minutes as ${text}`, () => {
      assert.equal(formatDate(at, format, minutes), text);
    });
  }
});

describe("formatDate of a hostile format", () => {
  for (const piece of ["[", "[Y", "]", "[]", "Y", "[[]"]) {
    it(`reads ${JSON.stringify(piece)}, very many times, in one go`, () => {
      assert.ok(formatDate(at, piece.repeat(2_000_000 / piece.length), 0).length <= 2_000_000);
    });
  }
});

describe("shiftDate", () => {
  const rows: readonly (readonly [count: number, unit: string, moved: string | null])[] = [
    [1, "y", "2025-02-28T23:05:06.078Z"],
    [-1, "M", "2024-01-29T23:05:06.078Z"],
    [12, "M", "2025-02-28T23:05:06.078Z"],
    [2, "w", "2024-03-14T23:05:06.078Z"],
    [-1, "d", "2024-02-28T23:05:06.078Z"],
    [1, "h", "2024-03-01T00:05:06.078Z"],
    [-5, "m", "2024-02-29T23:00:06.078Z"],
    [54, "s", "2024-02-29T23:06:00.078Z"],
    [-78, "ms", "2024-02-29T23:05:06.000Z"],
    [10 ** 15, "y", null],
    [1, "q", null],
  ];
  for (const [count, unit, moved] of rows) {
    it(`moves by ${count} ${unit}`, () => {
      assert.equal(shiftDate(at, count, unit)?.toISOString() ?? null, moved);
    });
  }

  it("keeps to the last day of a shorter month", () => {
    assert.equal(
      shiftDate(new Date("2023-01-31T00:00:00Z"), 1, "M")?.toISOString(),
      "2023-02-28T00:00:00.000Z",
    );
  });

  it("knows its units", () => {
    assert.deepEqual(["y", "M", "w", "d", "h", "m", "s", "ms", "D", ""].map(isDateUnit), [
      ...Array(8).fill(true),
      false,
      false,
    ]);
  });
});
