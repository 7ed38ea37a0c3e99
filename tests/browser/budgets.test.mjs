// What a reader has to load: sizes before compression, in bytes, except where said otherwise.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openBrowser } from './support/chromium.mjs';
import { drawn } from './support/drawn.mjs';
import { none } from './support/problems.mjs';
import { kinds, ROOT } from './support/site.mjs';

const KB = 1024;
// The style sheet draws seven kinds of charts.
const FIRST_VIEW = { stylesheet: 17 * KB, font: 30 * KB, script: 15 * KB };
const STYLES_COMPRESSED = 5.25 * KB;
// A page with one table and one chart has the first; the rest is for what a page holds beyond that, and for pages that hold it all.
const PAGE = 35 * KB;
const FURTHER_TABLE = 2 * KB;
const RECORD = KB;
const LARGE = {
  '/bands/': 96 * KB, // every level, with its tables, its charts and how far to trust it
  '/pm-vs-program-manager/': 62 * KB, // two jobs side by side, each statement with its figure
  '/methodology/': 90 * KB, // the registers of sources and of conflicts
};

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

describe('a first view stays within its budget', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(address, async (t) => {
      const bodies = await browser.page({}, async (page) => {
        const loaded = [];
        page.on('response', (response) => loaded.push(response));
        await page.goto(`${ROOT.url}${address}`);
        await drawn(page);
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
  const pages = ROOT.pages.map((address) => {
    const html = readFileSync(file(address), 'utf8');
    return { address, size: Buffer.byteLength(html), most: budget(address, html) };
  });
  const heaviest = pages.toSorted((one, other) => other.size - one.size).slice(0, 5);
  t.diagnostic(`heaviest: ${heaviest.map(({ address, size }) => `${address} ${size}`).join(', ')}`);
  none(pages.filter(({ size, most }) => size > most).map(({ address, size, most }) => `${address}: ${size} of at most ${most}`));
});

function budget(address, html) {
  const count = (pattern) => (html.match(pattern) ?? []).length;
  if (address.startsWith('/figures/')) return PAGE + RECORD * count(/<[^>]* data-figure=/g);
  const further = Math.max(count(/<table\b/g) - 1, 0) + Math.max(count(/<svg\b/g) - 1, 0);
  return LARGE[address] ?? PAGE + FURTHER_TABLE * further;
}

function file(address) {
  return join(ROOT.folder, decodeURIComponent(address), address.endsWith('/') ? 'index.html' : '');
}
