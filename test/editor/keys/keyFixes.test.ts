import assert from "node:assert/strict";
import { keyFixesFor } from "../../../src/editor/keys/keyFixes.ts";

const commands = (code: string, line: string) => keyFixesFor(code, line).map(({ command }) => command);

describe("keyFixesFor", () => {
  it("offers a profile where one can take the keys' place", () => {
    assert.deepEqual(commands("E_AUTHORIZATION_KEYS", "Authorization: AWS a b"), [
      "awsreq.moveKeysToProfile",
    ]);
    assert.deepEqual(commands("E_LITERAL_KEY", "  @secret = x"), [
      "awsreq.moveKeysToProfile",
      "awsreq.moveKeyToEnvironment",
    ]);
  });

  it("offers the private environment for keys that are sent", () =>
    assert.deepEqual(commands("E_LITERAL_KEY", "X-Secret: x"), ["awsreq.moveKeyToEnvironment"]));

  it("has nothing to say to other problems", () => {
    assert.deepEqual(commands("W_KEY_ID", "@id = x"), []);
    assert.deepEqual(commands("E_AUTH_TWICE", "GET /"), []);
  });
});
