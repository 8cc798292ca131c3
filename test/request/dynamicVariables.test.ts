import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { processEnvRefusal } from "../../src/guard/processEnvPolicy.ts";
import type { DynamicSources } from "../../src/request/dynamicVariables.ts";
import { readDynamicVariable } from "../../src/request/dynamicVariables.ts";
import { randomAlphanumeric, randomInteger } from "../../src/request/random.ts";

const allowed = new Set([
  "CI_JOB",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SECRET_ACCESS_KEY_PROD",
  "TF_VAR_aws_session_token",
  "aws_session_token",
  "UNSET",
  "EMPTY",
]);

const sources: DynamicSources = {
  now: () => new Date("2024-02-29T23:05:06.078Z"),
  randomBytes: (length) => Uint8Array.from({ length }, (_, index) => index * 16 + 15),
  utcOffset: () => -90,
  processEnv: (name) =>
    new Map([
      ["CI_JOB", "7"],
      ["AWS_SECRET_ACCESS_KEY", "canary"],
      ["EMPTY", ""],
    ]).get(name),
  processEnvRefusal: (name) => processEnvRefusal(name, allowed),
};

describe("readDynamicVariable", () => {
  const values: readonly (readonly [expression: string, value: string])[] = [
    ["$guid", "0f1f2f3f-4f5f-4f7f-8f9f-afbfcfdfefff"],
    ["$uuid", "0f1f2f3f-4f5f-4f7f-8f9f-afbfcfdfefff"],
    ["$isoTimestamp", "2024-02-29T23:05:06.078Z"],
    ["$timestamp", "1709247906"],
    ["$timestamp -1 d", "1709161506"],
    ["$timestamp +2h", "1709255106"],
    ["$datetime iso8601", "2024-02-29T23:05:06.078Z"],
    ["$datetime iso8601 1 y", "2025-02-28T23:05:06.078Z"],
    ["$datetime rfc1123", "Thu, 29 Feb 2024 23:05:06 GMT"],
    ['$datetime "YYYY-MM-DD" -1 M', "2024-01-29"],
    ["$datetime 'HH:mm'", "23:05"],
    ["$localDatetime iso8601", "2024-02-29T21:35:06-01:30"],
    ["$localDatetime rfc1123", "Thu, 29 Feb 2024 21:35:06 -0130"],
    ['$localDatetime "DD HH"', "29 21"],
    ["$randomInt 5 6", "5"],
    ["$randomInt -3 -2", "-3"],
    ["$random.integer(7, 8)", "7"],
    ["$random.alphanumeric(3)", "Pfv"],
    ["$random.alphabetic(4)", "PfvL"],
    ["$random.numeric( 3 )", "517"],
    ["$random.hexadecimal(4)", "ffff"],
    ["$random.uuid", "0f1f2f3f-4f5f-4f7f-8f9f-afbfcfdfefff"],
    ["$randomInt", "55"],
    ["$random.integer()", "55"],
    ["$processEnv CI_JOB", "7"],
    ["$processEnv EMPTY", ""],
  ];
  for (const [expression, value] of values) {
    it(`{{${expression}}} is ${value}`, () => {
      assert.deepEqual(readDynamicVariable(expression, sources), { value });
    });
  }

  const faults: readonly (readonly [expression: string, code: string, message: RegExp])[] = [
    ["$giud", "E_VARIABLE_UNKNOWN", /did you mean `\$guid`\?/],
    ["$", "E_VARIABLE_UNKNOWN", /not a variable of this language\./],
    ["$constructor", "E_VARIABLE_UNKNOWN", /\$constructor/],
    ["$guid 1", "E_VARIABLE_ARGUMENTS", /write \{\{\$guid\}\}/],
    ["$timestamp yesterday", "E_VARIABLE_ARGUMENTS", /\$timestamp \[n unit\]/],
    ["$timestamp 1 q", "E_VARIABLE_ARGUMENTS", /\[n unit\]/],
    ["$timestamp 99999999999999 y", "E_VARIABLE_ARGUMENTS", /\[n unit\]/],
    ["$datetime", "E_VARIABLE_ARGUMENTS", /iso8601\|rfc1123/],
    ["$datetime YYYY", "E_VARIABLE_ARGUMENTS", /"FORMAT"/],
    ["$randomInt 5", "E_VARIABLE_ARGUMENTS", /MIN MAX/],
    ["$randomInt 6 6", "E_VARIABLE_ARGUMENTS", /MIN MAX/],
    ["$random.integer(1)", "E_VARIABLE_ARGUMENTS", /FROM, TO/],
    ["$random.alphabetic", "E_VARIABLE_ARGUMENTS", /alphabetic\(LENGTH\)/],
    ["$random.uuid(1)", "E_VARIABLE_ARGUMENTS", /\$random\.uuid/],
    ["$random.alphanumeric(0)", "E_VARIABLE_ARGUMENTS", /LENGTH/],
    ["$random.alphanumeric(9999999)", "E_VARIABLE_ARGUMENTS", /LENGTH/],
    ["$processEnv", "E_VARIABLE_ARGUMENTS", /NAME/],
    ["$processEnv %X", "E_VARIABLE_ARGUMENTS", /NAME/],
    ["$processEnv HOME", "E_PROCESS_ENV_REFUSED", /HOME is not among .* --var/],
    ["$processEnv UNSET", "E_PROCESS_ENV_UNSET", /UNSET is not set/],
    ["$processEnv AWS_SECRET_ACCESS_KEY", "E_PROCESS_ENV_REFUSED", /never/],
    ["$processEnv aws_session_token", "E_PROCESS_ENV_REFUSED", /never/],
    ["$processEnv AWS_SECRET_ACCESS_KEY_PROD", "E_PROCESS_ENV_REFUSED", /never/],
    ["$processEnv TF_VAR_aws_session_token", "E_PROCESS_ENV_REFUSED", /never/],
    ["$processEnv AWS_BEARER_TOKEN_BEDROCK", "E_PROCESS_ENV_REFUSED", /never/],
    ["$dotenv X", "E_VARIABLE_LATER", /\$dotenv/],
    ["$cfn stack.Output", "E_VARIABLE_LATER", /\$cfn/],
    ["$ssm /a/b", "E_VARIABLE_LATER", /\$ssm/],
    ["$account", "E_VARIABLE_LATER", /\$account/],
    ["$region", "E_VARIABLE_LATER", /\$region/],
  ];
  for (const [expression, code, message] of faults) {
    it(`{{${expression}}} is ${code}`, () => {
      const { value, fault } = readDynamicVariable(expression, sources);
      assert.deepEqual([value, fault?.code], [undefined, code]);
      assert.match(fault?.message ?? "", message);
    });
  }

  it("reads no environment variable where none may be read", () => {
    const { fault } = readDynamicVariable("$processEnv CI_JOB", { ...sources, processEnv: null });
    assert.equal(fault?.code, "E_PROCESS_ENV_REFUSED");
  });
});

describe("random values", () => {
  it("draws every integer of the span, and none beside it", () => {
    const drawn = new Set(Array.from({ length: 2000 }, () => randomInteger(randomBytes, -2, 3)));
    assert.deepEqual(
      [...drawn].sort((a, b) => a - b),
      [-2, -1, 0, 1, 2],
    );
  });

  it("draws again instead of favouring the first values", () => {
    const draws = [Buffer.alloc(6, 255), Buffer.from([0, 0, 0, 0, 0, 4])];
    assert.equal(
      randomInteger(() => draws.shift() ?? Buffer.alloc(6), 0, 3),
      1,
    );
  });

  it("draws only letters and digits", () => {
    assert.match(randomAlphanumeric(randomBytes, 1000), /^[A-Za-z0-9]{1000}$/);
  });
});
