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

const MOST_PLACES = 3;

test('the Nu checker finds no error', async (t) => {
  const files = readdirSync(REPO.folder, { recursive: true }).filter((name) => /\.(html|css|svg)$/.test(name));
  assert.ok(files.length > 2, 'the site has no pages');
  const options = ['--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--also-check-svg'];
  // Deep pages need a deep stack.
  const args = ['-Xss4m', '-jar', JAR, ...options, ...files.map((name) => join(REPO.folder, name))];
  const { stdout } = await promisify(execFile)('java', args, { maxBuffer: 1 << 28 });
  const told = JSON.parse(stdout).messages.filter(({ message }) => !KNOWN.some(({ pattern }) => pattern.test(message)));
  const errors = told.filter(({ type }) => type !== 'info');
  const warnings = told.filter(({ subType }) => subType === 'warning');
  t.diagnostic(`${files.length} files, ${warnings.length} warnings`);
  if (errors.length === 0) grouped(warnings).forEach((warning) => t.diagnostic(warning));
  none(grouped(errors));
});

// Each message once, with the first few places that have it: a mistake in a template is made on every page.
function grouped(messages) {
  return [...new Set(messages.map(({ message }) => message))].map((text) => {
    const places = messages.filter(({ message }) => message === text).map(place);
    const more = places.length > MOST_PLACES ? `\n  and ${places.length - MOST_PLACES} more` : '';
    return `${text}\n  ${places.slice(0, MOST_PLACES).join('\n  ')}${more}`;
  });
}

function place({ url, lastLine, lastColumn, extract }) {
  const file = url ? relative(REPO.folder, fileURLToPath(url)) : 'everywhere';
  return `${file}:${lastLine}:${lastColumn}: ${(extract ?? '').replace(/\s+/g, ' ').trim()}`;
}
