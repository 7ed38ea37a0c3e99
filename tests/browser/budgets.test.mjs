// What a reader has to load: sizes before compression, in bytes, except where said otherwise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openBrowser } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { kinds, ROOT } from './support/site.mjs';

const KB = 1024;
const FIRST_VIEW = { stylesheet: 16 * KB, font: 30 * KB, script: 15 * KB };
const STYLES_COMPRESSED = 5 * KB;
// The first that matches a page's address counts.
const HTML = [
  { pages: /^\/bands\/$/, most: 90 * KB, why: 'every level with its table, its charts and how far to trust it' },
  { pages: /^\/figures\/./, most: 200 * KB, why: 'the record of every figure in a set' },
  { pages: /^/, most: 35 * KB, why: 'a page with one table and one chart' },
];

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

describe('a first view stays within its budget', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(address, async (t) => {
      const bodies = await browser.page({}, async (page) => {
        const loaded = [];
        page.on('response', (response) => loaded.push(response));
        await page.goto(`${ROOT.url}${address}`, { waitUntil: 'networkidle' });
        return Promise.all(loaded.map(async (response) => ({ type: response.request().resourceType(), body: await response.body() })));
      });
      const of = (type) => Buffer.concat(bodies.filter((one) => one.type === type).map((one) => one.body));
      const sizes = Object.fromEntries(Object.keys(FIRST_VIEW).map((type) => [type, of(type).length]));
      const compressed = gzipSync(of('stylesheet'), { level: 9 }).length;
      t.diagnostic(`${address} loads ${JSON.stringify(sizes)}, styles compressed ${compressed}`);
      assert.ok(sizes.stylesheet > 0, 'no style sheet was loaded');
      for (const [type, most] of Object.entries(FIRST_VIEW)) assert.ok(sizes[type] <= most, `${type}: ${sizes[type]} of at most ${most}`);
      assert.ok(compressed <= STYLES_COMPRESSED, `styles compressed: ${compressed} of at most ${STYLES_COMPRESSED}`);
    });
  }
});

test('no page is larger than its budget', (t) => {
  const sizes = ROOT.pages.map((address) => ({ address, size: readFileSync(file(address)).length }));
  const heaviest = sizes.toSorted((one, other) => other.size - one.size).slice(0, 5);
  t.diagnostic(`heaviest: ${heaviest.map(({ address, size }) => `${address} ${size}`).join(', ')}`);
  const over = sizes.filter(({ address, size }) => size > budget(address));
  none(over.map(({ address, size }) => `${address}: ${size} of at most ${budget(address)}`));
});

function budget(address) {
  return HTML.find(({ pages }) => pages.test(address)).most;
}

function file(address) {
  return join(ROOT.folder, decodeURIComponent(address), address.endsWith('/') ? 'index.html' : '');
}
