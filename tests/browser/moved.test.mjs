// Addresses that have moved, at the root of a host and below a base path: with scripts the place on the page and the question go along,
// without them the page itself leads on, and it has a link for those whom nothing leads.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serve } from './server.mjs';
import { openBrowser } from './support/chromium.mjs';
import { BANDBOOK } from './support/site.mjs';

const PAGE = `+++
title = "New page"
description = "It has moved."
aliases = ["/old/", { from = "/other/", to = "#second" }]
+++

## First {#first}

Text.

## Second {#second}

Text.
`;

const folder = mkdtempSync(join(tmpdir(), 'bandbook-moved-'));
let browser;
before(async () => {
  mkdirSync(join(folder, 'content'));
  writeFileSync(join(folder, 'content/site.toml'), 'title = "Site"\nbase_url = "https://example.com/"\n');
  writeFileSync(join(folder, 'content/index.md'), '+++\ntitle = "Home"\ndescription = "Words."\n+++\n\nText.\n');
  writeFileSync(join(folder, 'content/new.md'), PAGE);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

for (const base of ['/', '/repo/']) {
  describe(`moved: ${base}`, () => {
    let server;
    let site;
    before(async () => {
      server = await serve();
      site = `${server.origin}${base}`;
      const out = join(folder, base === '/' ? 'root' : 'repo');
      execFileSync(BANDBOOK, ['build', '--quiet', '--root', folder, '--out', out, '--base-url', site]);
      await server.mount(out, base);
    });
    after(() => server?.close());

    for (const [scripts, from, to] of [
      [true, 'old/', 'new/'],
      [true, 'old/#second', 'new/#second'],
      [true, 'old/?a=1&b=%20#first', 'new/?a=1&b=%20#first'],
      [true, 'old', 'new/'],
      [true, 'other/', 'new/#second'],
      [true, 'other/#first', 'new/#second'],
      [false, 'old/', 'new/'],
      [false, 'other/', 'new/#second'],
    ]) {
      test(`${from} ${scripts ? 'with' : 'without'} scripts`, async () => {
        await browser.page({ javaScriptEnabled: scripts }, async (page) => {
          const problems = [];
          page.on('console', (message) => problems.push(message.text()));
          await page.goto(`${site}${from}`, { waitUntil: 'commit' });
          await page.waitForURL(`${site}${to}`);
          assert.equal(await page.locator('h1').textContent(), 'New page');
          assert.deepEqual(problems, []);
        });
      });
    }

    test('where nothing leads on there is a link, and search engines are told', async () => {
      await browser.page({}, async (page) => {
        // Neither the script nor what stands for it.
        await page.route('**/*.js', (route) => route.abort());
        await page.goto(`${site}old/`);
        assert.equal(await page.locator('link[rel=canonical]').getAttribute('href'), `${site}new/`);
        await page.getByRole('link', { name: 'New page' }).click();
        await page.waitForURL(`${site}new/`);
      });
    });
  });
}
