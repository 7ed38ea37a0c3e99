// axe finds no violation of WCAG 2.2 AA on a page of each kind, light and dark, on a desk's width and a phone's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { kinds, ROOT } from './support/site.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DESK = { width: 1320, height: 900 };
const PHONE = { width: 390, height: 844 };
const VIEWS = ['light', 'dark'].flatMap((colorScheme) => [DESK, PHONE].map((viewport) => ({ colorScheme, viewport })));

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

describe('axe', { concurrency: 2 }, () => {
  for (const address of kinds()) {
    test(address, () =>
      // The page's policy would keep axe out too; `console.test.mjs` tests it.
      browser.page({ reducedMotion: 'reduce', bypassCSP: true }, async (page) => {
        await page.addInitScript(AXE);
        await page.goto(`${ROOT.url}${address}`);
        for (const { colorScheme, viewport } of VIEWS) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize(viewport);
          const found = await page.evaluate((tags) => axe.run({ runOnly: tags, resultTypes: ['violations'] }), TAGS);
          assert.ok(found.passes.length > 5, 'axe found almost nothing to look at');
          none(found.violations.map((violation) => `${colorScheme}, ${viewport.width} px: ${told(violation)}`));
        }
      }));
  }
});

function told({ id, help, nodes }) {
  const places = nodes.map((node) => `  ${node.html.slice(0, 200)}\n  ${node.failureSummary.replaceAll('\n', '\n  ')}`);
  return [`${id}: ${help}`, ...places].join('\n');
}
