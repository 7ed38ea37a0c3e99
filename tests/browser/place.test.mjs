// The tool that places a value: the table made at build and the script agree at every edge, the address carries the question, and nothing leaves.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { ROOT } from './support/site.mjs';

const PAGE = '/offer/';
// A dollar, a cent and the finest step that data may have.
const STEPS = [0n, 1_000_000n, 10_000n, 1n];

let browser;
let bands;
let intervals;
before(async () => {
  browser = await openBrowser();
  ({ bands, intervals } = await open('', readTables, { javaScriptEnabled: false }));
});
after(() => browser?.close());

describe('without scripts', () => {
  test('the table answers every amount: its edges meet, and are the ends of the bands', () => {
    assert.equal(intervals[0].from, null);
    assert.equal(intervals.at(-1).to, null);
    intervals.slice(1).forEach((interval, at) => assert.equal(interval.from, intervals[at].to));
    const edges = new Set(intervals.map(({ from }) => from).filter((edge) => edge !== null));
    assert.deepEqual([...edges].sort(), [...new Set(bands.flatMap(({ low, high }) => [low, high]))].sort());
  });

  test('the table names the bands that hold an amount', () => {
    none(
      amounts().flatMap((amount) => {
        const told = new Set(at(amount).flatMap(({ held }) => held));
        const held = holders(amount).map(({ name }) => name);
        return [...told].join() === held.join() ? [] : [`${show(amount)}: the table says ${[...told]}, the bands say ${held}`];
      }),
    );
  });

  test('there is no form, and the warnings are read', () =>
    open('', async (page) => {
      assert.equal(await page.locator('.tool form').isVisible(), false);
      assert.ok(await page.locator('.tool .alert').first().isVisible());
    }, { javaScriptEnabled: false }));
});

describe('with the script', () => {
  test('each amount at an edge and beside it has the answer of the table, and its position', () =>
    open('', async (page) => {
      const problems = [];
      for (const amount of amounts()) {
        const [lead, ...lines] = await answer(page, show(amount));
        const most = at(amount).sort((one, other) => other.held.length - one.held.length)[0];
        if (!lead.endsWith(`${most.answer}.`)) problems.push(`${show(amount)}: “${lead}” where the table says “${most.answer}”`);
        for (const band of holders(amount)) {
          const line = lines.find((line) => line.startsWith(`${band.title}:`)) ?? '';
          if (!line.includes(` ${position(amount, band)}% `)) problems.push(`${show(amount)}: no ${position(amount, band)}% in “${line}”`);
        }
      }
      none(problems);
    }));

  test('a stated median is held against the amount', () =>
    open('', async (page) => {
      for (const band of bands.filter(({ median }) => median !== null)) {
        const line = async (amount) => (await answer(page, show(amount))).find((line) => line.startsWith(`${band.title}:`));
        assert.match(await line(band.median), new RegExp(`; at the stated median of ${band.medianText.replace('$', '\\$')} \\(calculated\\)$`));
        assert.match(await line(band.median + 3_000_000_000n), /; \$3K over the stated median/);
        assert.match(await line(band.median - 1_000_000n), /; \$1 under the stated median/);
      }
    }));

  test('the rows behind an answer are marked, and only those', () =>
    open('', async (page) => {
      const marked = () => page.locator('.tool tr[aria-current]').evaluateAll((rows) => rows.map(({ cells: [name, next] }) => [name.textContent, next.textContent]));
      assert.deepEqual(await marked(), []);
      for (const { low } of bands) {
        const [lead] = await answer(page, show(low));
        const [[, said], ...held] = await marked();
        assert.ok(lead.endsWith(`${said}.`), `“${lead}” where “${said}” is marked`);
        assert.deepEqual(held.map(([name]) => name), holders(low).map(({ title }) => title));
      }
    }));

  test('an amount is marked on the scale of the bands, where the scale reaches so far', () =>
    open('', async (page) => {
      const svg = page.locator('.tool svg[data-from]').first();
      const [from, to] = await svg.evaluate(({ dataset }) => [Number(dataset.from), Number(dataset.to)]);
      for (const share of [0, 0.25, 0.5, 1]) {
        await answer(page, String(from + (to - from) * share));
        assert.equal(await svg.locator('.mark').getAttribute('x1'), `${share * 100}%`);
        assert.equal(await svg.locator('.mark.shown').count(), 1);
      }
      await answer(page, String(to + 1));
      assert.equal(await page.locator('.mark.shown').count(), 0);
    }));

  test('a gap says how far both bands are', () =>
    open('', async (page) => {
      const gap = intervals.find(({ from, to, held }) => from !== null && to !== null && !held.length);
      const [lead, distances] = await answer(page, show(BigInt(gap.from) + 2_000_000_000n));
      assert.match(lead, /between bands/);
      assert.match(distances, /^\$2K over the top of .+ under the bottom of /);
    }));

  test('an amount may be written in many ways', () =>
    open('', async (page) => {
      const [expected] = await answer(page, '450000');
      for (const text of ['450k', '450K', '$450,000', '$450K', '450 000', ' 0.45M ', 'USD 450,000', '450000.00', '450,000 USD', '$450000']) {
        assert.equal((await answer(page, text))[0], expected, text);
      }
    }));

  test('what is no amount is met with what to type', () =>
    open('', async (page) => {
      for (const text of ['abc', '€450k', '45,0000', '4,50', '-450000', '1e6', '450k k', '450..5', '0x10', '$']) {
        const lines = await answer(page, text);
        assert.equal(lines.length, 1, text);
        assert.match(lines[0], /write an amount/, text);
        assert.equal(await page.locator('[name="amount"]').getAttribute('aria-invalid'), 'true', text);
      }
      await answer(page, '450k');
      assert.equal(await page.locator('[name="amount"]').getAttribute('aria-invalid'), 'false');
    }));

  test('the parts are added to the amount, and each must be given', () =>
    open('?amount=99', async (page) => {
      const fields = page.locator('.tool fieldset input');
      await fields.nth(0).fill('200k');
      await fields.nth(0).press('Enter');
      assert.equal(await page.locator('[name="amount"]').inputValue(), '', 'the amount would contradict its parts');
      assert.match((await lines(page))[0], /write an amount/);
      await fields.nth(1).fill('$40,000.50');
      await fields.nth(2).fill('209999.50');
      await fields.nth(2).press('Enter');
      const whole = await lines(page);
      const sum = whole.findIndex((line) => line.endsWith('= $450K (calculated)'));
      const parts = whole.slice(sum + 1);
      ['Base: $200K lies in', 'Bonus: $40,000.50 lies in', 'Equity: $209,999.50 lies in'].forEach((start, at) => assert.ok(parts[at].startsWith(start), parts[at]));
      assert.equal(await page.locator('[data-from] .mark.shown').count(), 4, 'the sum and each part is drawn');
      assert.equal(new URL(page.url()).searchParams.size, 3);
      assert.equal(whole[0], (await answer(page, '450000'))[0]);
      assert.equal(await fields.nth(0).inputValue(), '', 'the parts would contradict the amount');
    }));

  test('a title of the other profession calls for the warning', () =>
    open('', async (page) => {
      const warning = page.locator('.tool .alert').first();
      for (const [title, warns] of [
        ['', false],
        ['Technical Product Manager', false],
        ['Senior Programmer', false],
        ['TPgM', true],
        ['Technical PROGRAM Manager, AI', true],
        ['program/project lead', true],
      ]) {
        await page.locator('[name="title"]').fill(title);
        await page.locator('[name="title"]').press('Enter');
        assert.equal(await warning.isVisible(), warns, title);
      }
    }));

  test('a title with the letters of both professions calls for the question which is meant', () =>
    open('', async (page) => {
      const warning = page.locator('.tool .alert').nth(1);
      for (const [title, warns] of [
        ['', false],
        ['Technical Product Manager', false],
        ['TPgM', false],
        ['TPM', true],
        ['senior tpm', true],
        ['TPM, Payments', true],
      ]) {
        await page.locator('[name="title"]').fill(title);
        await page.locator('[name="title"]').press('Enter');
        assert.equal(await warning.isVisible(), warns, title);
      }
    }));

  test('the address carries the question, and no request is made', () =>
    open('#read', async (page) => {
      const requests = await listen(page);
      const expected = await answer(page, '$450,000');
      await page.locator('[name="title"]').fill('TPgM & Co');
      await page.locator('.tool button').click();
      const address = new URL(page.url());
      assert.deepEqual([...address.searchParams], [['amount', '$450,000'], ['title', 'TPgM & Co']]);
      assert.equal(address.hash, '#read');
      none(await requests());
      await page.goto('about:blank');
      await page.goto(address.href);
      assert.deepEqual(await lines(page), expected);
      assert.ok(await page.locator('.tool .alert').first().isVisible());
    }));

  test('an address with other names does no harm', () =>
    open('?length=1&constructor=x&amount=%3Cb%3E1%3C/b%3E', async (page) => {
      assert.match((await lines(page))[0], /write an amount/);
      assert.equal(await page.locator('.answer b').count(), 0);
    }));
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

async function answer(page, text) {
  await page.locator('[name="amount"]').fill(text);
  await page.locator('[name="amount"]').press('Enter');
  return lines(page);
}

function lines(page) {
  return page.locator('.tool .answer p').allTextContents();
}

// The tables as the build wrote them, with amounts in millionths.
async function readTables(page) {
  const tables = page.locator('.tool table');
  const rows = await tables.last().locator('tbody tr').evaluateAll((rows) =>
    rows.map(({ cells: [name, ...cells] }) => {
      const [low, high, median] = cells.map((cell) => cell.querySelector('data'));
      const title = name.textContent;
      return { name: name.firstChild.textContent.trim(), title, low: low.value, high: high.value, median: median?.value, medianText: median?.textContent };
    }),
  );
  const bands = rows.map((row) => ({ ...row, low: exact(row.low), high: exact(row.high), median: row.median ? exact(row.median) : null }));
  const found = await tables.nth(0).locator('tbody tr').evaluateAll((rows) =>
    rows.map(({ cells: [amount, answer] }) => ({
      edges: [...amount.querySelectorAll('data')].map(({ value }) => value),
      isOpenBelow: amount.textContent.startsWith('under'),
      answer: answer.textContent,
    })),
  );
  const intervals = found.map(({ edges, isOpenBelow, answer }, at) => {
    const [first, second = first] = edges.map(exact);
    const held = answer.startsWith('in ') ? bands.map(({ name }) => name).filter((name) => answer.match(/\S+/g).some((word) => word.replace(',', '') === name)) : [];
    return { from: isOpenBelow ? null : first, to: at === found.length - 1 ? null : second, answer, held };
  });
  return { bands, intervals };
}

function amounts() {
  const edges = new Set(bands.flatMap(({ low, high }) => [low, high]));
  return [...edges].flatMap((edge) => [...STEPS.map((step) => edge + step), ...STEPS.slice(1).map((step) => edge - step)]);
}

function at(amount) {
  return intervals.filter(({ from, to }) => (from === null || from <= amount) && (to === null || amount <= to));
}

function holders(amount) {
  return bands.filter(({ low, high }) => low <= amount && amount <= high);
}

// In whole percent, half away from zero.
function position(amount, { low, high }) {
  const [part, whole] = [(amount - low) * 100n, high - low];
  return part / whole + ((part % whole) * 2n >= whole ? 1n : 0n);
}

function exact(text) {
  const [whole, part = ''] = text.split('.');
  return BigInt(whole + part.padEnd(6, '0'));
}

function show(amount) {
  return `${amount / 1_000_000n}.${String(amount % 1_000_000n).padStart(6, '0')}`;
}
