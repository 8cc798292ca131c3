import assert from "node:assert/strict";
import { UserError } from "../src/errors.ts";

describe("UserError", () => {
  it("keeps code, phase, hint and cause", () => {
    const cause = new Error("below");
    const error = new UserError({
      code: "E_X",
      phase: "file",
      message: "It broke.",
      hint: "Mend it.",
      cause,
    });
    assert.deepEqual(
      [error.code, error.phase, error.message, error.hint, error.cause],
      ["E_X", "file", "It broke.", "Mend it.", cause],
    );
  });
});
