// On paper: the content on several sheets, and nothing that only works on a screen.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { kinds, ROOT } from './support/site.mjs';
import { tooWide } from './support/width.mjs';

// A sheet of A4 with margins of 16 mm.
const SHEET = { width: 672, height: 986 };

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

test('/bands/ prints on more than one sheet', async () => {
  const pdf = await browser.page({}, async (page) => {
    await page.goto(`${ROOT.url}/bands/`);
    return page.pdf({ format: 'A4' });
  });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  assert.ok(sheets.length > 1, `${sheets.length} sheets, ${pdf.length} bytes`);
});

test('the closed citation prints with its words, and links to files do not', async () => {
  await browser.page({ viewport: SHEET }, async (page) => {
    await page.goto(`${ROOT.url}/bands/l3/`);
    const cite = page.locator('main > .cite');
    assert.equal(await cite.locator('p').isVisible(), false, 'it is open on the screen');
    await page.emulateMedia({ media: 'print' });
    assert.ok((await cite.locator('p').boundingBox())?.height > 0, 'the citation is not printed');
    assert.equal(await cite.locator('pre').isVisible(), false, 'BibTeX is for copying');
    none(await page.locator('main a[download]:visible').allTextContents());
  });
});

for (const address of kinds()) {
  test(`${address} prints its content without navigation, black on white`, async () => {
    await browser.page({ viewport: SHEET, colorScheme: 'dark' }, async (page) => {
      await page.goto(`${ROOT.url}${address}`);
      await page.emulateMedia({ media: 'print' });
      assert.ok(await page.locator('main h1').first().isVisible(), 'no heading');
      // A button in a table's head is that column's title.
      const screenOnly = page.locator('nav:visible, dialog:visible, button:not(th button):visible');
      none(await screenOnly.evaluateAll((all) => all.map((one) => one.outerHTML.slice(0, 120))));
      const colors = await page.locator('main').evaluate((main) => {
        const pixel = document.createElement('canvas').getContext('2d');
        const brightness = (color) => {
          pixel.fillStyle = color;
          pixel.fillRect(0, 0, 1, 1);
          const [red, green, blue] = pixel.getImageData(0, 0, 1, 1).data;
          return (red * 2 + green * 5 + blue) / 8;
        };
        return { ink: brightness(getComputedStyle(main).color), paper: brightness(getComputedStyle(document.body).backgroundColor) };
      });
      assert.ok(colors.ink < 80, `the text is light: ${colors.ink} of 255`);
      assert.ok(colors.paper > 240 || colors.paper === 0, `the paper is dark: ${colors.paper} of 255`);
      none(await page.evaluate(tooWide));
    });
  });
}
