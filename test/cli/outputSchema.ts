import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import Ajv from "ajv/dist/2020";
import type { OutputDocument } from "../../src/cli/document.ts";

const schema = JSON.parse(readFileSync(resolve(__dirname, "../../docs/output.schema.json"), "utf8"));
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

/** Standard output as the one document that it must be: nothing stands beside it, and it fits docs/output.schema.json. */
export function documentOf(stdout: string): OutputDocument {
  const parsed = JSON.parse(stdout) as OutputDocument;
  assert.ok(validate(parsed), JSON.stringify(validate.errors));
  return parsed;
}
