const { writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { reporters } = require("mocha");

/** Dots while running, failures in full, and the counts in a file for scripts/test.mjs to add up. */
class CountReporter extends reporters.Dot {
  constructor(runner, options) {
    super(runner, options);
    let failed = 0;
    let passed = 0;
    runner.on("pass", () => {
      passed += 1;
    });
    runner.on("fail", () => {
      failed += 1;
    });
    runner.once("end", () => {
      const folder = process.env.AWSREQ_TEST_COUNTS;
      if (folder) writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify({ passed, failed }));
    });
  }
}

module.exports = CountReporter;
