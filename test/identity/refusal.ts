import assert from "node:assert/strict";
import { inspect } from "node:util";
import { UserError } from "../../src/errors.ts";

/** The UserError that a call ends in. */
export async function refusal(call: () => unknown): Promise<UserError> {
  try {
    await call();
  } catch (error) {
    assert.ok(error instanceof UserError, `not a UserError: ${inspect(error)}`);
    return error;
  }
  throw new assert.AssertionError({ message: "nothing was refused" });
}

/** What a person sees of a refusal. */
export async function told(
  call: () => unknown,
): Promise<{ code: string; message: string; hint: string | undefined }> {
  const { code, message, hint } = await refusal(call);
  return { code, message, hint };
}

/** None of the secrets is anywhere in the error, raw, base64 or hex, however it is printed. */
export function assertHoldsNone(error: UserError, secrets: readonly string[]): void {
  const seen = [
    error.message,
    error.hint ?? "",
    error.stack ?? "",
    JSON.stringify(error),
    JSON.stringify(error.cause ?? null),
    inspect(error, { depth: 12, showHidden: true }),
  ].join("\n");
  for (const secret of secrets) {
    for (const form of [
      secret,
      Buffer.from(secret).toString("base64"),
      Buffer.from(secret).toString("hex"),
    ]) {
      assert.ok(!seen.includes(form), `a secret is in the error: ${error.message}`);
    }
  }
}
