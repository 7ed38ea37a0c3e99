// Pictures of a page of each kind, for people to look at, in `target/screenshots/`. What can be tested of them is that dark is not light.

import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { drawn } from './support/drawn.mjs';
import { kinds, ROOT, SCREENSHOTS } from './support/site.mjs';

const WIDTHS = [320, 390, 768, 1320];
// A picture of all figures would take minutes, and nobody would look at its end.
const HIGHEST = 8_000;

let browser;
before(async () => {
  await rm(SCREENSHOTS, { recursive: true, force: true });
  await mkdir(SCREENSHOTS, { recursive: true });
  browser = await openBrowser();
});
after(() => browser?.close());

describe('light and dark look different', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(address, () =>
      browser.page({ reducedMotion: 'reduce' }, async (page) => {
        await page.goto(`${ROOT.url}${address}`);
        for (const width of WIDTHS) {
          await fit(page, width);
          const light = await picture(page, address, width, 'light');
          const dark = await picture(page, address, width, 'dark');
          assert.ok(!light.equals(dark), `the same at ${width} px`);
        }
      }));
  }
});

// Makes the window as high as the page. Chromium's own pictures of what is outside a window lack what sticks to its edges.
async function fit(page, width) {
  await page.setViewportSize({ width, height: 900 });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, HIGHEST) });
  await drawn(page);
}

async function picture(page, address, width, colorScheme) {
  await page.emulateMedia({ colorScheme });
  const name = address === '/' ? 'index' : address.replace(/^\/|\/$|\.html$/g, '').replaceAll('/', '-');
  return page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}-${colorScheme}.png`) });
}
