// The site can be used with a keyboard alone.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { kinds, ROOT } from './support/site.mjs';

const DESK = { viewport: { width: 1320, height: 900 }, reducedMotion: 'reduce' };
const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' };
// Pages with more stops than this are tabbed through this far.
const MOST_STOPS = 150;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

describe('keyboard', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(`${address}: the first stop leads to the content`, () =>
      open(address, DESK, async (page) => {
        await page.keyboard.press('Tab');
        const skip = await page.evaluate(() => {
          const { left, top, right, bottom } = document.activeElement.getBoundingClientRect();
          const seen = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && right > left;
          const hash = document.activeElement.getAttribute('href') ?? '';
          const target = hash.startsWith('#') ? document.getElementById(hash.slice(1)) : null;
          return { seen, leads: target !== null && document.querySelector('main').contains(target) };
        });
        assert.ok(skip.leads, 'the first stop is no link into main');
        assert.ok(skip.seen, 'the link is not on the screen while it has the focus');
        await page.keyboard.press('Enter');
        await page.keyboard.press('Tab');
        const passed = await page.evaluate(() => {
          const main = document.querySelector('main');
          const order = main.compareDocumentPosition(document.activeElement);
          // Past everything, the focus leaves the page.
          return document.activeElement === document.body || (order & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
        });
        assert.ok(passed, 'the stop after it still lies before the content');
      }));

    test(`${address}: every stop shows where it is, and the navigation is among them`, () =>
      open(address, DESK, async (page) => {
        const stops = await tabThrough(page);
        none(stops.filter(({ marked }) => !marked).map(({ what }) => `has no outline: ${what}`));
        none(stops.filter(({ seen }) => !seen).map(({ what }) => `is hidden below something else: ${what}`));
        assert.ok(stops.some((stop) => stop.navigation), 'no stop lies in the navigation');
      }));

    test(`${address}: what scrolls sideways takes the focus and has a name`, () =>
      open(address, PHONE, async (page) => {
        const unreachable = await page.evaluate(() => {
          const scrolls = (element) => {
            const { overflowX } = getComputedStyle(element);
            return ['auto', 'scroll'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
          };
          const named = (element) => {
            const words = element.getAttribute('aria-labelledby')?.split(/\s+/).map((id) => document.getElementById(id)?.textContent);
            return Boolean((words?.join('') ?? element.getAttribute('aria-label') ?? '').trim());
          };
          const right = (element) => element.tabIndex === 0 && element.hasAttribute('role') && named(element);
          const boxes = [...document.body.querySelectorAll('*')].filter(scrolls);
          return boxes.filter((box) => !right(box)).map((box) => box.outerHTML.slice(0, 160));
        });
        none(unreachable);
      }));
  }

  test('the menu opens with Enter and closes with Escape', () =>
    open('/', PHONE, async (page) => {
      const button = page.locator('button[popovertarget]:visible').first();
      const menu = page.locator(`[id="${await button.getAttribute('popovertarget')}"]`);
      const links = menu.locator('a[href]');
      assert.ok((await links.count()) > 1, 'the menu has no links');
      assert.equal(await links.first().isVisible(), false, 'the menu is open from the start');

      await tabTo(page, button);
      await page.keyboard.press('Enter');
      await links.first().waitFor({ state: 'visible' });
      await page.keyboard.press('Tab');
      assert.ok(await menu.evaluate((menu) => menu.contains(document.activeElement)), 'the next stop is not in the open menu');

      await page.keyboard.press('Escape');
      await links.first().waitFor({ state: 'hidden' });
      assert.ok(await button.evaluate((button) => button === document.activeElement), 'the focus does not return to the button');
    }));
});

function open(address, options, use) {
  return browser.page(options, async (page) => {
    await page.goto(`${ROOT.url}${address}`);
    await use(page);
  });
}

async function tabTo(page, target) {
  for (let stops = 0; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail('the menu button is no stop');
}

// The stops of a page, each with whether it is marked and not hidden below something else.
async function tabThrough(page) {
  const stops = [];
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body || element.dataset.visited) return null;
      element.dataset.visited = 'yes';
      const style = getComputedStyle(element);
      const outlined = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      // A link broken over two lines has a box for each; one that can be seen is enough.
      const points = [...element.getClientRects()].flatMap(({ left, top, width, height }) =>
        [0.1, 0.5, 0.9].map((part) => [left + width * part, top + Math.min(height * part, height - 1)]),
      );
      const seen = points.some(([x, y]) => {
        const above = document.elementFromPoint(x, y);
        return above !== null && (element.contains(above) || above.contains(element));
      });
      return {
        what: element.outerHTML.slice(0, 120),
        marked: outlined || style.boxShadow !== 'none',
        seen,
        navigation: element.closest('nav') !== null,
      };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
}
