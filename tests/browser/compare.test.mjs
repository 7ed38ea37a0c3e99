// The comparison: what the script works out for neighbors is what the build has worked out, and any two rows can be compared.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { ROOT } from './support/site.mjs';

const PAGE = '/compare/';

let browser;
let pairs;
before(async () => {
  browser = await openBrowser();
  pairs = await open('', readPairs, { javaScriptEnabled: false });
});
after(() => browser?.close());

describe('compare', () => {
  test('without scripts, every neighboring pair is there with its calculated differences, and no form', () =>
    open('', async (page) => {
      assert.equal(await page.locator('.tool form').isVisible(), false);
      assert.equal(pairs.length, (await page.locator('.tool select').first().locator('option').count()) - 1);
      assert.equal(await page.locator('.tool details table:visible').count(), pairs.length);
      none(pairs.flatMap(({ from, to, lines }) => (lines.some(([, , , difference]) => difference) ? [] : [`${from} to ${to} has no difference`])));
    }, { javaScriptEnabled: false }));

  test('for neighbors, the script says what the tables say', () =>
    open('', async (page) => {
      const problems = [];
      for (const { from, to, lines } of pairs) {
        const shown = await choose(page, from, to);
        for (const [name, first, second, difference] of lines) {
          const line = shown.find(([other]) => other === name) ?? [];
          if (line[1] !== first || line[2] !== second || !(line[3] ?? '').endsWith(difference)) {
            problems.push(`${from} to ${to}, ${name}: the table says ${[first, second, difference]}, the script ${line.slice(1)}`);
          }
        }
      }
      none(problems);
    }));

  test('any two rows can be compared, in either order', () =>
    open('', async (page) => {
      const rows = [...new Set(pairs.flatMap(({ from, to }) => [from, to]))];
      const problems = [];
      for (const one of rows) {
        for (const other of rows) {
          const there = await choose(page, one, other);
          const back = await choose(page, other, one);
          there.forEach(([name, first, second, difference], at) => {
            const [, left, right, reverse] = back[at];
            const same = first === right && second === left && /\d/.test(difference) === /\d/.test(reverse);
            // What two ranges share does not depend on their order.
            const shared = !/^(Overlap|Gap|Meet at)/.test(difference) || difference === reverse;
            if (!same || !shared || /NaN|undefined/.test(difference)) problems.push(`${one}, ${other}, ${name}: ${difference} and ${reverse}`);
          });
        }
      }
      none(problems);
    }));

  test('the address carries the choice, and no request is made', () =>
    open('', async (page) => {
      const requests = await listen(page);
      const { from } = pairs[0];
      const { to } = pairs.at(-1);
      const expected = await choose(page, from, to);
      none(await requests());
      assert.deepEqual([...new URL(page.url()).searchParams], [['first', from], ['second', to]]);
      await page.goto(page.url());
      assert.deepEqual(await shown(page), expected);
    }));

  test('an address that names no row shows the first', () =>
    open('?first=nobody&second=', async (page) => assert.ok((await shown(page)).length > 0)));
});

// Every request from now on that tells what was asked. Chromium looks at a page's icon again when its address changes.
async function listen(page) {
  const seen = [];
  page.on('request', (request) => seen.push(request));
  return async () => {
    const told = await Promise.all(seen.map(async (request) => ({ url: request.url(), referer: (await request.allHeaders()).referer ?? '' })));
    return told.filter(({ url, referer }) => !/icon/.test(url) || url.includes('?') || referer.includes('?')).map(({ url, referer }) => `${url} from ${referer}`);
  };
}

function open(query, use, options = {}) {
  return browser.page(options, async (page) => {
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.message));
    await page.goto(`${ROOT.url}${PAGE}${query}`);
    const result = await use(page);
    none(problems);
    return result;
  });
}

async function choose(page, first, second) {
  await page.locator('[name="first"]').selectOption(first);
  await page.locator('[name="second"]').selectOption(second);
  return shown(page);
}

function shown(page) {
  return page.locator('.tool .answer tbody tr').evaluateAll((rows) => rows.map(({ cells }) => [...cells].map((cell) => cell.textContent)));
}

function readPairs(page) {
  return page.locator('.tool figure').evaluateAll((pairs) =>
    pairs.map((pair) => ({
      from: pair.dataset.from,
      to: pair.dataset.to,
      lines: [...pair.querySelectorAll('tbody tr')].map(({ cells }) => [...cells].map((cell) => cell.textContent)),
    })),
  );
}
