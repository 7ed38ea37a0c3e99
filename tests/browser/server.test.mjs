// The server that all other tests rely on follows GitHub Pages' rules.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { serve } from './server.mjs';

const FILES = [
  'index.html',
  '404.html',
  'bands/index.html',
  'faq.html',
  'both.html',
  'both/index.html',
  'empty/data.csv',
  'Case.html',
  'a b/index.html',
  'ä/index.html',
  '.hidden/index.html',
  'site.css',
  'site.js',
  'icon.svg',
  'font.woff2',
  'sitemap.xml',
  'search.json',
  'site.webmanifest',
  'LICENSE',
];

let folder, root, repo;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bandbook-server-'));
  await writeFile(`${folder}.secret`, 'outside');
  for (const name of FILES) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), `this is ${name}`);
  }
  root = await serve();
  await root.mount(folder, '/');
  repo = await serve();
  await repo.mount(folder, '/repo/');
});

after(async () => {
  await Promise.all([root?.close(), repo?.close()]);
  await rm(folder, { recursive: true, force: true });
  await rm(`${folder}.secret`, { force: true });
});

const ANSWERS = [
  ['/', 200, 'index.html'],
  ['/?q=1', 200, 'index.html'],
  ['/bands/', 200, 'bands/index.html'],
  ['/bands', 301, '/bands/'],
  ['/bands?a=1?b', 301, '/bands/?a=1?b'],
  ['/bands/index.html', 200, 'bands/index.html'],
  ['/bands//', 404],
  ['/faq', 200, 'faq.html'],
  ['/faq/', 404],
  ['/both', 200, 'both.html'],
  ['/both/', 200, 'both/index.html'],
  ['/empty/', 404],
  ['/empty', 404],
  ['/Case', 200, 'Case.html'],
  ['/case', 404],
  ['/Bands/', 404],
  ['/a%20b/', 200, 'a b/index.html'],
  ['/%C3%A4/', 200, 'ä/index.html'],
  ['/%C3', 400],
  ['/404.html', 200, '404.html'],
  ['/no/such/page/', 404],
  ['/.hidden/', 404],
  ['/LICENSE', 200, 'LICENSE'],
];

for (const [path, status, expected] of ANSWERS) {
  test(`${path} answers ${status}`, async () => {
    const response = await get(root.origin, path);
    assert.equal(response.status, status);
    if (status === 200) assert.equal(response.body, `this is ${expected}`);
    if (status === 301) assert.equal(response.headers.location, expected);
    if (status === 404) assert.equal(response.body, 'this is 404.html');
  });
}

test('a project site answers below its base path only', async () => {
  assert.equal((await get(repo.origin, '/repo/bands/')).body, 'this is bands/index.html');
  assert.equal((await get(repo.origin, '/repo')).headers.location, '/repo/');
  assert.equal((await get(repo.origin, '/repo/bands')).headers.location, '/repo/bands/');
  assert.equal((await get(repo.origin, '/repo/nothing')).body, 'this is 404.html');
  for (const path of ['/', '/bands/', '/repository/', '/site.css']) {
    const response = await get(repo.origin, path);
    assert.equal(response.status, 404, path);
    assert.equal(response.body, '404\n', path);
  }
});

test('nothing outside the folder is served', async () => {
  const name = `${folder.split('/').pop()}.secret`;
  for (const path of [`/../${name}`, `/%2e%2e/${name}`, `/..%2f${name}`, `/bands/../../${name}`, `//${name}`, `/..%5c${name}`]) {
    const response = await get(root.origin, path);
    assert.notEqual(response.body, 'outside', path);
    assert.equal(response.status, 404, path);
  }
});

test('content types are those of GitHub Pages', async () => {
  const types = {
    '/': 'text/html; charset=utf-8',
    '/site.css': 'text/css; charset=utf-8',
    '/site.js': 'application/javascript; charset=utf-8',
    '/icon.svg': 'image/svg+xml',
    '/font.woff2': 'font/woff2',
    '/sitemap.xml': 'application/xml',
    '/search.json': 'application/json; charset=utf-8',
    '/empty/data.csv': 'text/csv; charset=utf-8',
    '/site.webmanifest': 'application/manifest+json',
    '/LICENSE': 'application/octet-stream',
  };
  for (const [path, type] of Object.entries(types)) {
    assert.equal((await get(root.origin, path)).headers['content-type'], type, path);
  }
});

test('text is compressed for those who accept it', async () => {
  const accept = { 'accept-encoding': 'gzip, br' };
  assert.equal((await get(root.origin, '/', { headers: accept })).headers['content-encoding'], 'gzip');
  assert.equal((await get(root.origin, '/font.woff2', { headers: accept })).headers['content-encoding'], undefined);
  assert.equal((await get(root.origin, '/')).headers['content-encoding'], undefined);
});

test('other methods than GET and HEAD are refused', async () => {
  assert.equal((await get(root.origin, '/', { method: 'POST' })).status, 405);
  const head = await get(root.origin, '/', { method: 'HEAD' });
  assert.equal(head.status, 200);
  assert.equal(head.headers['content-length'], String('this is index.html'.length));
  assert.equal(head.body, '');
});

// Asks for exactly this path: `fetch` would tidy it up first.
function get(origin, path, options = {}) {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, agent: false, ...options }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.once('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks).toString() });
      });
    });
    sent.once('error', reject);
    sent.end();
  });
}
