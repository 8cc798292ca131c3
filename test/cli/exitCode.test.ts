import assert from "node:assert/strict";
import { exitCodeOfError, exitCodeOfTrip, worstExitCode } from "../../src/cli/exitCode.ts";
import type { Phase } from "../../src/errors.ts";
import type { Exchange } from "../../src/stages.ts";

const codes: Readonly<Record<Phase, number>> = {
  usage: 2,
  file: 2,
  resolve: 2,
  sign: 2,
  guard: 3,
  credentials: 3,
  dns: 4,
  connect: 4,
  proxy: 4,
  tls: 4,
  send: 4,
  head: 4,
  body: 4,
  cancel: 4,
  internal: 70,
};

function answered(status: number): { error: null; exchange: Exchange } {
  const timings = {
    proxy: null,
    dns: null,
    connect: null,
    tls: null,
    firstByte: null,
    download: null,
    total: 1,
  };
  const body = { size: 0, slice: async () => new Uint8Array(), dispose: async () => undefined };
  const response = {
    status,
    statusText: "",
    httpVersion: "1.1",
    answeredBy: "origin" as const,
    headers: [],
    trailers: [],
    interim: [],
    body,
    encodedBody: null,
    complete: true,
    warnings: [],
  };
  return { error: null, exchange: { response, error: null, timings, remoteAddress: null } };
}

describe("exit codes", () => {
  it("fault 107: belong to the phase in which a trip ended", () => {
    for (const [phase, code] of Object.entries(codes)) assert.equal(exitCodeOfError({ phase }), code, phase);
  });

  it("tell an answer of 400 or more from the others", () => {
    const statuses = [200, 302, 399, 400, 403, 503];
    assert.deepEqual(
      statuses.map((status) => exitCodeOfTrip(answered(status))),
      [0, 0, 0, 1, 1, 1],
    );
  });

  it("let a cut body outrank the status", () => {
    const error = { code: "E_BODY_CUT", phase: "body", message: "", hint: null };
    assert.equal(exitCodeOfTrip({ ...answered(200), error }), 4);
  });

  it("fault 107: are the worst of several: 4 before 3 before 2 before 1, and a bug before all", () => {
    const several = [[], [0, 1], [2, 1, 0], [1, 3, 2], [2, 4, 3], [4, 70]];
    assert.deepEqual(several.map(worstExitCode), [0, 1, 2, 3, 4, 70]);
  });
});
