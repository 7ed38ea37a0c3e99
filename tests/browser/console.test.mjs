// Every page, at the root of a host and below a base path: nothing on the console, nothing against the policy, nothing that fails to
// load, nothing from elsewhere, and few requests.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openBrowser } from './support/chromium.mjs';
import { drawn } from './support/drawn.mjs';
import { none } from './support/problems.mjs';
import { MISSING, REPO, ROOT } from './support/site.mjs';

// The document, its style sheet, its font and its script; the icon aside.
const MOST_REQUESTS = 4;

let browser;
before(async () => (browser = await openBrowser()));
after(() => browser?.close());

for (const site of [ROOT, REPO]) {
  describe(`console: ${site.base}`, { concurrency: 2 }, () => {
    for (const address of [...site.pages, MISSING]) {
      test(address, async () => {
        const { problems, requests, policy } = await browser.page({}, (page) => visit(page, site, address));
        none(problems);
        assert.ok(requests.length <= MOST_REQUESTS, `${requests.length} requests:\n${requests.join('\n')}`);
        assert.ok(policy, 'the page has no Content-Security-Policy');
      });
    }
  });
}

// Opens a page and gives its requests and all that went wrong.
async function visit(page, site, address) {
  const document = `${site.url}${address}`;
  const problems = [];
  const requests = [];
  page.on('console', (message) => {
    // Chromium reports the status of a document that is meant to be missing.
    const expected = address === MISSING && message.location().url === document;
    if (['error', 'warning'].includes(message.type()) && !expected) problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`script: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${site.url}/`)) problems.push(`elsewhere: ${url}`);
    if (!isIcon(url)) requests.push(url);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}: ${request.failure()?.errorText}`));
  page.on('response', (response) => {
    const expected = response.url() === document && address === MISSING ? 404 : 200;
    if (response.status() !== expected) problems.push(`status ${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(`policy: ${event.effectiveDirective} forbids ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  await page.goto(document, { waitUntil: 'load' });
  await drawn(page);
  problems.push(...(await page.evaluate(() => window.violations)));
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy" i]').count();
  return { problems, requests, policy };
}

function isIcon(url) {
  return /\/(favicon\.ico|[^/]*icon[^/]*\.(svg|png|ico))$/.test(url);
}
