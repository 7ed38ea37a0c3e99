// The site holds together on narrow screens, enlarged, without scripts, without motion and with a reader's own colors.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { drawn } from './support/drawn.mjs';
import { none } from './support/problems.mjs';
import { kinds, ROOT } from './support/site.mjs';
import { tooWide } from './support/width.mjs';

// To a page, enlargement is a narrower screen: 1280 px are 640 at 200 % and 320 at 400 % (WCAG 1.4.4, 1.4.10).
const SCREENS = [
  { width: 1320, height: 900 },
  { width: 768, height: 1024 },
  { width: 640, height: 400 },
  { width: 320, height: 200 },
];
const PHONE = { width: 390, height: 844 };

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

describe('no page scrolls sideways', { concurrency: 2 }, () => {
  for (const address of ROOT.pages) {
    test(address, () =>
      open(address, { deviceScaleFactor: 2 }, async (page) => {
        for (const screen of SCREENS) {
          await page.setViewportSize(screen);
          await drawn(page);
          none((await page.evaluate(tooWide)).map((problem) => `${screen.width} px: ${problem}`));
        }
      }));
  }
});

test('a table says that it scrolls, and stays within the text', () =>
  open('/bands/', { viewport: PHONE }, async (page) => {
    const found = await page.locator('.scroll').evaluateAll((boxes) =>
      boxes.filter((box) => box.checkVisibility()).map((box) => {
        const { right } = box.getBoundingClientRect();
        return { right, within: box.closest('article').getBoundingClientRect().right, wide: box.scrollWidth > box.clientWidth, shade: getComputedStyle(box).backgroundImage };
      }));
    assert.ok(found.some(({ wide }) => wide), 'no table is too wide for a phone');
    for (const { right, within, shade } of found) {
      assert.ok(right <= within + 0.5, `a table ends at ${right}, the text at ${within}`);
      assert.match(shade, /gradient.*gradient/);
    }
  }));

test('four quick facts stand in a row or two by two', () =>
  open('/', {}, async (page) => {
    const seen = new Set();
    for (const width of [360, 390, 768, 1000, 1152, 1280, 1320, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const tops = await page.locator('.facts dd').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
      const rows = [...new Set(tops)].map((top) => tops.filter((other) => other === top).length).join('+');
      seen.add(rows);
      assert.match(rows, /^(4|2\+2)$/, `${width} px: ${rows}`);
    }
    assert.equal(seen.size, 2, 'one of the two never shows');
  }));

test('a column of numbers that Markdown aligns ends at one edge, under its title', () =>
  open('/bands/', {}, async (page) => {
    const cells = page.locator('.scroll:not(figure *) :is(th, td).right');
    const aligned = await cells.evaluateAll((all) => all.map((one) => getComputedStyle(one).textAlign));
    assert.ok(aligned.length > 20, `${aligned.length} cells`);
    assert.deepEqual([...new Set(aligned)], ['end']);
  }));

describe('without scripts', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(`${address} has all of its content`, async () => {
      const content = (javaScriptEnabled) =>
        open(address, { javaScriptEnabled }, async (page) => {
          const main = page.locator('main');
          const count = (selector) => main.locator(selector).count();
          return { text: await main.innerText(), tables: await count('table:visible'), charts: await count('svg:visible') };
        });
      const [without, whole] = await Promise.all([content(false), content(true)]);
      assert.ok(without.text.trim().length > 40, 'almost no text in main');
      assert.ok(without.tables >= whole.tables, 'a table needs scripts');
      assert.ok(without.charts >= whole.charts, 'a chart needs scripts');
    });
  }

  test('the menu opens on a phone and leads on', () =>
    open('/', { javaScriptEnabled: false, viewport: PHONE }, async (page) => {
      await page.locator('button[popovertarget]:visible').first().click();
      const links = page.locator('nav:visible a[href]:visible');
      const addresses = await links.evaluateAll((all) => all.map((link) => new URL(link.href).pathname));
      const other = addresses.findIndex((address) => address !== '/');
      assert.notEqual(other, -1, 'the open menu has no link to another page');
      await links.nth(other).click();
      await page.waitForURL((url) => url.pathname === addresses[other]);
    }));
});

describe('readers’ settings are heeded', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(`${address} keeps still for those who want less motion`, () =>
      open(address, { reducedMotion: 'reduce' }, async (page) => none(await page.evaluate(moving))));

    test(`${address} shows its charts in forced colors`, () =>
      open(address, { forcedColors: 'active' }, async (page) => {
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          none((await page.evaluate(lostOnCanvas)).map((shape) => `${colorScheme}: ${shape}`));
        }
      }));
  }
});

function open(address, options, use) {
  return browser.page(options, async (page) => {
    await page.goto(`${ROOT.url}${address}`);
    return use(page);
  });
}

// In the page: what is animated, or would be.
function moving() {
  const longest = (list) => Math.max(...list.split(',').map((text) => Number.parseFloat(text)));
  const moves = (element) => {
    const style = getComputedStyle(element);
    const animated = style.animationName !== 'none' && longest(style.animationDuration) > 0.01;
    return animated || longest(style.transitionDuration) > 0.01 || style.scrollBehavior === 'smooth';
  };
  return [...document.querySelectorAll('*')].filter(moves).map((element) => element.outerHTML.slice(0, 120));
}

// In the page: what is drawn in the color of the page itself, and so not seen.
function lostOnCanvas() {
  const probe = document.createElement('div');
  probe.style.color = 'Canvas';
  document.body.append(probe);
  const canvas = getComputedStyle(probe).color;
  probe.remove();
  const shows = (color) => color !== 'none' && color !== canvas && !/^rgba\(.*, 0\)$/.test(color);
  const shapes = [...document.querySelectorAll('svg :is(rect, circle, path, line, polyline, polygon, text)')].filter((shape) => {
    return getComputedStyle(shape).display !== 'none' && !shape.closest('defs, clipPath, mask');
  });
  // A mark in the color of the page is seen where it is cut out of a shape below it.
  const cutOut = (shape, index) => {
    const { left, right, top, bottom } = shape.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    return shapes.slice(0, index).some((below) => {
      const box = below.getBoundingClientRect();
      const under = box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
      return under && below.localName !== 'text' && shows(getComputedStyle(below).fill);
    });
  };
  const lost = shapes.filter((shape, index) => {
    const { fill, stroke } = getComputedStyle(shape);
    const drawn = { text: [fill], line: [stroke] }[shape.localName] ?? [fill, stroke];
    return !drawn.some(shows) && !cutOut(shape, index);
  });
  return lost.map((shape) => shape.outerHTML.slice(0, 120));
}
