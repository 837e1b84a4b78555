/** A reporter for the test runner that ends with the line `N passed, N failed`, which `test/run.js` reads. */

/** @returns {import('@web/test-runner').Reporter} */
export function tally() {
  return {
    stop({ sessions }) {
      const sum = { passed: 0, failed: 0, skipped: 0 };
      for (const { testResults, passed } of sessions) {
        const before = sum.failed;
        if (testResults !== undefined) count(testResults, sum);
        // A file that cannot load has no failed test in its results.
        if (!passed && sum.failed === before) sum.failed++;
      }
      // The runner leaves cursor codes on the line before, hence the line break.
      console.log(`\n${closingLine(sum)}`);
    },
  };
}

/**
 * The line that sums up a test run.
 *
 * @param {{ passed: number, failed: number, skipped: number }} sum
 */
export function closingLine({ passed, failed, skipped }) {
  return `${String(passed)} passed, ${String(failed)} failed${skipped > 0 ? `, ${String(skipped)} skipped` : ''}`;
}

/**
 * @param {import('@web/test-runner').TestSuiteResult} suite
 * @param {{ passed: number, failed: number, skipped: number }} sum
 */
function count({ tests, suites }, sum) {
  for (const test of tests) sum[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
  for (const inner of suites) count(inner, sum);
}
