// Every address on every page, at the root of a host and below a base path, answers without a detour, and every anchor exists.
// The generator checks its own links; this looks at them from outside, through the server's rules.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { none } from './support/problems.mjs';
import { MISSING, REPO, ROOT } from './support/site.mjs';

const ENTITIES = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'", '#x27': "'" };

for (const site of [ROOT, REPO]) {
  describe(`links: ${site.base}`, () => {
    const answers = new Map();

    for (const address of [...site.pages, MISSING]) {
      test(address, async () => {
        const html = await (await fetch(`${site.url}${address}`)).text();
        const broken = [];
        const found = links(html, `${site.url}${address}`);
        assert.ok(found.size > 0, 'no link was found');
        for (const link of found) {
          const problem = await problemOf(link);
          if (problem) broken.push(`${link}: ${problem}`);
        }
        none(broken);
      });
    }

    // Nothing for a link that is right or leads elsewhere.
    async function problemOf(link) {
      const url = new URL(link);
      if (url.origin !== new URL(site.url).origin) return undefined;
      if (!url.pathname.startsWith(site.base)) return `is outside ${site.base}`;
      const anchor = decodeURIComponent(url.hash.slice(1));
      url.hash = '';
      if (url.pathname === `${site.base}${MISSING.slice(1)}`) return undefined;
      if (!answers.has(url.href)) answers.set(url.href, await ask(url));
      const { status, ids } = answers.get(url.href);
      if (status !== 200) return `answers ${status}`;
      return anchor === '' || ids.has(anchor) ? undefined : `has no #${anchor}`;
    }
  });
}

async function ask(url) {
  const response = await fetch(url, { redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, ids: new Set(attributes(text, 'id')) };
}

function links(html, page) {
  const found = [...attributes(html, 'href'), ...attributes(html, 'src'), ...attributes(html, 'action')];
  return new Set(found.map((link) => new URL(link, page).href).filter((link) => link.startsWith('http')));
}

// The values of an attribute in a page's tags, quoted or not.
function attributes(html, name) {
  const pattern = new RegExp(`<[a-z][^>]*?\\s${name}=(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'gi');
  return [...html.matchAll(pattern)].map(([, double, single, bare]) => decode(double ?? single ?? bare));
}

function decode(text) {
  return text.replace(/&([a-z]+|#x?[0-9a-f]+);/gi, (whole, name) => ENTITIES[name.toLowerCase()] ?? whole);
}
