import assert from "node:assert/strict";
import { foreignDateTokens } from "../../src/request/foreignDateTokens.ts";
import { problemsOf, resolved, resolveText, urlOf } from "./resolving.ts";

describe("foreignDateTokens", () => {
  const foreign: readonly (readonly [format: string, found: readonly (readonly [string, string])[]])[] = [
    [
      "dd-MM-yyyy",
      [
        ["dd", "DD"],
        ["yyyy", "YYYY"],
      ],
    ],
    [
      "yyyy-MM-dd'T'HH:mm:ss.fffK",
      [
        ["yyyy", "YYYY"],
        ["dd", "DD"],
        ["fff", "SSS"],
        ["K", "Z"],
        ["'T'", "[T]"],
      ],
    ],
    [
      "yyyy-MM-dd'T'HH:mm:ssXXX",
      [
        ["yyyy", "YYYY"],
        ["dd", "DD"],
        ["XXX", "Z"],
        ["'T'", "[T]"],
      ],
    ],
    [
      "d.M.yy hh:mm tt",
      [
        ["d", "D"],
        ["yy", "YY"],
        ["tt", "A"],
      ],
    ],
    ["EEE, DD MMM YYYY", [["EEE", "ddd"]]],
    [
      "HH:mm:ss.ffffff zzz",
      [
        ["ffffff", "SSS"],
        ["zzz", "Z"],
      ],
    ],
    [
      "%Y-%m-%dT%H:%M:%SZ",
      [
        ["%Y", "YYYY"],
        ["%m", "MM"],
        ["%d", "DD"],
        ["%H", "HH"],
        ["%M", "mm"],
        ["%S", "ss"],
      ],
    ],
    ["YYYY-MM-DD'T'HH:mm", [["'T'", "[T]"]]],
  ];
  for (const [format, found] of foreign) {
    it(`finds what ${format} has of other tools`, () => {
      assert.deepEqual(foreignDateTokens(format), found);
    });
  }

  for (const format of [
    "YYYY-MM-DDTHH:mm:ss.SSSZ",
    "YYYYMMDD[T]HHmmss[Z]",
    "ddd, DD MMM YYYY HH:mm:ss ZZ",
    "dddd h:mm a",
    "DD/MM/YY",
    "[day of yyyy] X x",
    "100%",
    "",
  ]) {
    it(`finds nothing in ${JSON.stringify(format)}`, () => {
      assert.deepEqual(foreignDateTokens(format), []);
    });
  }

  for (const piece of ["y", "[", "'", "%", "[y", "X", "'a"]) {
    it(`reads ${JSON.stringify(piece)}, very many times, in one go`, () => {
      assert.ok(foreignDateTokens(piece.repeat(1_000_000 / piece.length)).length < 10);
    });
  }

  it("is a warning at the variable, which is sent all the same", async () => {
    const text = 'GET https://a.example/{{$datetime "dd-MM-yyyy"}}/{{$datetime "DD-MM-YYYY"}}\n';
    assert.deepEqual(await problemsOf(text), [["W_DATE_FORMAT", '{{$datetime "dd-MM-yyyy"}}']]);
    assert.equal(urlOf(await resolved(text)), "https://a.example/dd-02-yyyy/29-02-2024");
    const { problems } = await resolveText(text);
    assert.match(problems[0]?.message ?? "", /write `DD` for `dd`, `YYYY` for `yyyy`\./);
    assert.equal(problems[0]?.severity, "warning");
  });

  it("is one for $localDatetime and in a variable of the file, too", async () => {
    const text = "@day = {{$localDatetime 'yyyy'}}\nGET https://a.example/{{day}}\n";
    assert.deepEqual(await problemsOf(text), [["W_DATE_FORMAT", "{{$localDatetime 'yyyy'}}"]]);
  });
});
