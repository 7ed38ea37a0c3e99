// `bandbook serve` as an editor meets it: a save shows by itself, and only where something has changed.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, beforeEach, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { openBrowser } from './support/chromium.mjs';
import { BANDBOOK, REPOSITORY } from './support/site.mjs';

// How long to wait for what comes in any case, on a machine that is busy with other things.
const PATIENCE = 120_000;

let browser;
let folder;
let server;
let url;
// What the server says of the site as it is in the repository.
let untouched;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bandbook-serve-'));
  await cp(join(REPOSITORY, 'content'), join(folder, 'content'), { recursive: true });
  await mkdir(join(folder, 'static'));
  await cp(join(REPOSITORY, 'static/site.css'), join(folder, 'static/site.css'));
  server = spawn(BANDBOOK, ['serve', '--port', '0', '--root', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  url = await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stderr }).on('line', (line) => {
      const serving = line.match(/^serving (\S+) /);
      if (serving) resolve(serving[1]);
    });
  });
  untouched = await state();
  browser = await openBrowser();
});
after(async () => {
  server?.removeAllListeners('exit');
  server?.kill('SIGINT');
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

const file = (path) => join(folder, path);
const original = (path) => readFile(join(REPOSITORY, path), 'utf8');
// Each test starts once the server has seen that everything is as it was: else a tab would be reloaded for the test before.
beforeEach(async () => {
  for (const path of ['content/faq.md', 'content/bands.md', 'content/site.toml', 'static/site.css']) await write(path, await original(path));
  for (const until = Date.now() + PATIENCE; !isDeepStrictEqual(await state(), untouched);) {
    assert.ok(Date.now() < until, 'the server never shows the site as it was');
  }
});

// Saves a file as a whole: nobody sees it empty or in part, so that one save is one change.
async function write(path, text) {
  const beside = join(folder, 'being-saved');
  await writeFile(beside, text);
  await rename(beside, file(path));
}

// What is wrong with the site, where it is, and how two of its pages are told from older ones.
async function state() {
  const events = (await fetch(new URL('.bandbook/events', url))).body.getReader();
  const { value } = await events.read();
  await events.cancel();
  const page = async (address) => (await fetch(new URL(`.bandbook/page?at=${new URL(address, url).pathname}`, url))).json();
  return [Buffer.from(value).toString(), await page('faq/'), await page('bands/')];
}

// Opens pages of the site in tabs of one window, each marked, so that a reload is seen.
function tabs(addresses, use) {
  return browser.page({ viewport: { width: 900, height: 600 } }, async (first) => {
    const problems = [];
    const pages = [];
    for (const address of addresses) {
      const page = pages.length ? await first.context().newPage() : first;
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(`${url}${address}`);
      await mark(page);
      pages.push(page);
    }
    await use(pages);
    assert.deepEqual(problems, []);
  });
}

const mark = (page) => page.evaluate(() => void (window.marked = true));
const isMarked = (page) => page.evaluate(() => window.marked === true);
const save = async (path, change) => write(path, change(await original(path)));
const shows = (page, text) => page.getByText(text).first().waitFor({ timeout: PATIENCE });

// Waits until a page has heard of everything before: messages come in order, and a new stylesheet shows without a reload.
let saved = 0;
async function settled(page) {
  const spacing = `${(saved += 1)}px`;
  await save('static/site.css', (text) => `${text}\n@layer print, late;\nh1 { letter-spacing: ${spacing} !important }\n`);
  await page.waitForFunction((spacing) => getComputedStyle(document.querySelector('h1')).letterSpacing === spacing, spacing, { timeout: PATIENCE });
}

describe('a save', () => {
  test('shows on its page, which keeps its place, and leaves others alone', () =>
    tabs(['faq/', 'bands/'], async ([faq, bands]) => {
      await faq.bringToFront();
      const place = await faq.evaluate(() => (scrollTo({ top: 300, behavior: 'instant' }), scrollY));
      assert.notEqual(place, 0);
      await save('content/faq.md', (text) => `${text}\nA line that was just saved.\n`);
      await shows(faq, 'A line that was just saved.');
      assert.equal(await isMarked(faq), false);
      await faq.waitForFunction((place) => Math.abs(scrollY - place) < 2, place, { timeout: PATIENCE });
      await settled(bands);
      assert.equal(await isMarked(bands), true);
    }));

  test('of a title shows in the navigation of another page', () =>
    tabs(['bands/'], async ([bands]) => {
      await save('content/faq.md', (text) => text.replace(/^title = .*$/m, 'title = "Questions asked anew"'));
      await bands.locator('#nav', { hasText: 'Questions asked anew' }).waitFor({ state: 'attached', timeout: PATIENCE });
    }));

  test('of a stylesheet shows without a reload', () =>
    tabs(['faq/', 'bands/'], async (pages) => {
      for (const page of pages) {
        await settled(page);
        assert.equal(await isMarked(page), true);
        await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1, null, { timeout: PATIENCE });
      }
    }));

  test('of the site\'s address leads to the page where it is now', () =>
    tabs(['faq/?a=b'], async ([faq]) => {
      const moved = new URL('/moved/', url).href;
      await save('content/site.toml', (text) => text.replace(/^(base_url = "https:\/\/[^/]*\/).*$/m, '$1moved/"'));
      await faq.waitForURL(`${moved}faq/?a=b`, { timeout: PATIENCE });
      await write('content/site.toml', await original('content/site.toml'));
      await faq.waitForURL(`${url}faq/?a=b`, { timeout: PATIENCE });
    }));

  test('shows in more tabs than a browser has connections', () =>
    tabs(Array.from({ length: 9 }, () => 'faq/'), async (pages) => {
      await save('content/faq.md', (text) => `${text}\nFor nine tabs.\n`);
      await Promise.all(pages.map((page) => shows(page, 'For nine tabs.')));
    }));
});

describe('an error', () => {
  test('is laid over the page with its place and what to type, and goes when it is mended', () =>
    tabs(['bands/'], async ([bands]) => {
      const heading = await bands.locator('h1').textContent();
      await save('content/bands.md', (text) => `${text}\nSee [the page](nothing.md).\n`);
      const alert = bands.getByRole('alert');
      await alert.waitFor({ timeout: PATIENCE });
      const text = await alert.textContent();
      assert.match(text, /link-page/);
      assert.match(text, /content\/bands\.md:\d+:\d+/);
      assert.match(text, /help: /);
      assert.equal(await isMarked(bands), true);
      assert.equal(await bands.locator('h1').textContent(), heading);
      await write('content/bands.md', await original('content/bands.md'));
      await alert.waitFor({ state: 'detached', timeout: PATIENCE });
      await settled(bands);
      assert.equal(await isMarked(bands), true);
    }));

  test('can be laid aside with the keyboard', () =>
    tabs(['bands/'], async ([bands]) => {
      await save('content/bands.md', (text) => `${text}\nSee [the page](nothing.md).\n`);
      const alert = bands.getByRole('alert');
      await alert.waitFor({ timeout: PATIENCE });
      await bands.keyboard.press('Escape');
      await alert.waitFor({ state: 'detached', timeout: PATIENCE });
      // A page opened meanwhile says so too.
      await bands.goto(`${url}faq/`);
      await bands.getByRole('alert').waitFor({ timeout: PATIENCE });
    }));
});
