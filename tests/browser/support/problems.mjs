// One way to fail: with everything that is wrong, a line each, and nothing around it.

import assert from 'node:assert/strict';

// Fails with all of the problems, unless there are none.
export function none(problems) {
  if (problems.length > 0) assert.fail(`${problems.length} found:\n${problems.join('\n')}`);
}
