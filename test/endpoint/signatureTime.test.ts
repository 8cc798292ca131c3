import assert from "node:assert/strict";
import { basicDate, readBasicDate, readHttpDate } from "../../src/endpoint/signatureTime.ts";

const time = Date.UTC(2015, 7, 30, 12, 36, 0);

describe("readBasicDate", () => {
  it("reads ISO 8601's basic format", () => {
    assert.deepEqual(readBasicDate("20150830T123600Z"), { date: "20150830T123600Z", time });
  });

  for (const text of [
    "",
    "20150830T123600",
    "2015-08-30T12:36:00Z",
    "20150230T123600Z",
    "20150830T246000Z",
  ]) {
    it(`refuses '${text}'`, () => assert.equal(readBasicDate(text), null));
  }
});

describe("readHttpDate", () => {
  it("reads what a Date header may hold", () => {
    const expected = { date: "20150830T123600Z", time };
    assert.deepEqual(readHttpDate("Sun, 30 Aug 2015 12:36:00 GMT"), expected);
    assert.deepEqual(readHttpDate("20150830T123600Z"), expected);
    assert.equal(readHttpDate("yesterday"), null);
  });
});

describe("basicDate", () => {
  it("cuts to the second", () => assert.equal(basicDate(time + 999), "20150830T123600Z"));
});
