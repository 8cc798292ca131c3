import assert from "node:assert/strict";
import { emptyAnswer } from "../../src/endpoint/answer.ts";
import { matchRoute, type Route } from "../../src/endpoint/route.ts";

const answer = () => emptyAnswer(200);
const routes: readonly Route[] = [
  { method: "GET", path: "/prod/pets", answer },
  { method: "GET", path: "/prod/pets/{id}", answer },
  { method: "ANY", path: "/prod/echo/{proxy+}", answer },
];

function matched(method: string, path: string): readonly [string, object] | null {
  const match = matchRoute(routes, method, path);
  return match === null ? null : [match.route.path, Object.fromEntries(match.pathParameters)];
}

describe("matchRoute", () => {
  it("finds a resource and decodes its path parameters", () => {
    assert.deepEqual(matched("GET", "/prod/pets"), ["/prod/pets", {}]);
    assert.deepEqual(matched("GET", "/prod/pets/a%2Fb%20c"), ["/prod/pets/{id}", { id: "a/b c" }]);
    assert.deepEqual(matched("PURGE", "/prod/echo/a//b%2F"), ["/prod/echo/{proxy+}", { "proxy+": "a//b/" }]);
  });

  it("finds nothing for another method, a trailing slash, an empty proxy or another stage", () => {
    const misses = [
      ["POST", "/prod/pets"],
      ["GET", "/prod/pets/"],
      ["GET", "/prod/pets/1/2"],
      ["GET", "/prod/echo/"],
      ["GET", "/prod/echo"],
      ["GET", "/dev/pets"],
      ["GET", "/"],
    ] as const;
    assert.deepEqual(
      misses.map(([method, path]) => matched(method, path)),
      misses.map(() => null),
    );
  });
});
