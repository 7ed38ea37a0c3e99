// The Nu checker, which the W3C runs too, finds no error in any page, style sheet or drawing.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { none } from './support/problems.mjs';
import { REPO } from './support/site.mjs';

const JAR = createRequire(import.meta.url)('vnu-jar');

// What the checker says and is not so.
const KNOWN = [
  { pattern: /^CSS: “paint-order”: Property “paint-order” doesn't exist\.$/, why: 'SVG 2 has it, the checker stops at SVG 1.1' },
  { pattern: /^Resource violates Content Security Policy/, why: 'files have no host that the policy could mean; a browser tests it' },
];

test('the Nu checker finds no error', async (t) => {
  const files = readdirSync(REPO.folder, { recursive: true }).filter((name) => /\.(html|css|svg)$/.test(name));
  assert.ok(files.length > 2, 'the site has no pages');
  const options = ['--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--also-check-svg'];
  // Deep pages need a deep stack.
  const args = ['-Xss4m', '-jar', JAR, ...options, ...files.map((name) => join(REPO.folder, name))];
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 });
  const told = JSON.parse(stdout).messages.filter(({ message }) => !KNOWN.some(({ pattern }) => pattern.test(message)));
  const warnings = told.filter(({ subType }) => subType === 'warning').map(line);
  t.diagnostic(`${files.length} files, ${warnings.length} warnings`);
  for (const warning of warnings) t.diagnostic(warning);
  none(told.filter(({ type }) => type !== 'info').map(line));
});

function line({ url, lastLine, lastColumn, message, extract }) {
  const place = url ? `${relative(REPO.folder, fileURLToPath(url))}:${lastLine}:${lastColumn}: ` : '';
  return `${place}${message}${extract ? ` (${extract.trim()})` : ''}`;
}
