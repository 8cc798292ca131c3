import assert from "node:assert/strict";
import { graphqlRoot } from "../../src/diagnosis/statements/graphqlRoot.ts";

describe("graphqlRoot", () => {
  const rows: readonly (readonly [document: string, kind: string, fields: readonly string[]])[] = [
    ["", "query", []],
    ["{ pets owner }", "query", ["pets", "owner"]],
    ["query Q { pets { name age } }", "query", ["pets"]],
    ["mutation M($a: In = {x: [1]}) { addPet(name: $a, tags: {a: 1}) { id } }", "mutation", ["addPet"]],
    ["subscription{onPet}", "subscription", ["onPet"]],
    ["{ first: pets second : pets third:owner }", "query", ["pets", "owner"]],
    [
      "query @cached(ttl: 1) { pets @include(if: $x) owner @skip (if: $y) { id } }",
      "query",
      ["pets", "owner"],
    ],
    ["{ ...F ... on Query { inner } ... @skip(if: $x) { inner } pets }", "query", ["pets"]],
    ["fragment F on Pet { name } query { pets { ...F } }", "query", ["pets"]],
    ["fragment F on Pet { name }", "query", []],
    ["{ pets } mutation { other }", "query", ["pets"]],
    ['# mutation {\n{ pets(name: "} # ) \\" }") # owner\n colour }', "query", ["pets", "colour"]],
    ['{ pets(text: """ } "quoted" { """) colour }', "query", ["pets", "colour"]],
    ["{ pets", "query", ["pets"]],
    ["} ) { pets", "query", []],
    ["{ __typename constructor }", "query", ["__typename", "constructor"]],
  ];
  for (const [document, kind, fields] of rows) {
    it(JSON.stringify(document), () => assert.deepEqual(graphqlRoot(document), { kind, fields }));
  }

  for (const piece of [
    " ",
    "1",
    "a",
    "{",
    "(",
    "}",
    '"',
    '"""',
    '"\\',
    "#",
    "# ",
    "a:",
    "a :",
    "...",
    "query",
    "{a",
    "$1",
  ]) {
    it(`reads ${JSON.stringify(piece)}, very many times, in one go`, () => {
      assert.ok(graphqlRoot(piece.repeat(1_000_000 / piece.length)).fields.length <= 100_000);
      assert.ok(graphqlRoot(`{ a ${piece.repeat(1_000_000 / piece.length)}`).fields.length <= 100_000);
    });
  }
});
