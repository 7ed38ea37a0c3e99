// The built site under test, twice: at the root of a host and below `/repo/`. `run.mjs` builds both and says where they are.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// One page of each kind. Those that the site has are tested; fewer than five is an error, since then the list is out of date.
export const KINDS = [
  '/',
  '/bands/',
  '/bands/l3/',
  '/transition/',
  '/career-ceiling/',
  '/offer/',
  '/compare/',
  '/glossary/',
  '/figures/bands/',
  '/methodology/',
  '/faq/',
  '/pm-vs-program-manager/',
  '/404.html',
];
const FEWEST_KINDS = 5;

// Where nothing is, deep enough that a relative address on the page that answers would miss.
export const MISSING = '/no/such/page/';

if (!process.env.BANDBOOK_SITES) throw new Error('these tests need a built site: node run.mjs [TEST]...');
const { root, repo, screenshots, bandbook, repository } = JSON.parse(process.env.BANDBOOK_SITES);

// Each site: `folder` on the disk, `url` without the closing slash, `base` as the server has it, and the addresses of its pages.
export const ROOT = withPages(root);
export const REPO = withPages(repo);
export const SCREENSHOTS = screenshots;
// The program under test, and the folder that holds the site's sources.
export const BANDBOOK = bandbook;
export const REPOSITORY = repository;

// The kinds of page that this site has.
export function kinds() {
  const kinds = KINDS.filter((address) => ROOT.pages.includes(address));
  if (kinds.length < FEWEST_KINDS) {
    throw new Error(`the site has ${kinds.length} of the ${KINDS.length} kinds of page; update KINDS in support/site.mjs`);
  }
  return kinds;
}

function withPages(site) {
  const sitemap = readFileSync(join(site.folder, 'sitemap.xml'), 'utf8');
  const pages = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, text]) => {
    const location = text.trim().replaceAll('&amp;', '&');
    if (!location.startsWith(`${site.url}/`)) throw new Error(`sitemap.xml lists ${location}, which is not below ${site.url}/`);
    return location.slice(site.url.length);
  });
  if (pages.length === 0) throw new Error('sitemap.xml lists no page');
  return { ...site, pages: [...pages, '/404.html'] };
}
