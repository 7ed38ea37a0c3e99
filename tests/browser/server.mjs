// A small server with GitHub Pages' rules: folders answer with their index.html, other addresses of the same page redirect there,
// names are matched by exact case, and 404.html answers for what is not there. It serves a list of files made when a site is mounted,
// so nothing outside that folder can be asked for.

import { createServer } from 'node:http';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, posix, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES = {
  '.atom': 'application/atom+xml',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/vnd.microsoft.icon',
  '.jpg': 'image/jpeg',
  '.js': 'application/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml',
};
const COMPRESSED = /^(text\/|application\/|image\/svg)/;
const compress = promisify(gzip);

// Starts a server on a free port of this machine. A site can be mounted once its own address is known and it is built.
export async function serve() {
  let site;
  const server = createServer((request, response) => {
    answer(site, request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    async mount(folder, base) {
      site = { folder, base, files: await list(folder) };
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// The address of every file in a folder. Hidden files are missing, as they are from an uploaded site.
async function list(folder) {
  const files = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const address = relative(folder, path).split(sep).join(posix.sep);
    if (entry.isFile() && !address.split('/').some((part) => part.startsWith('.'))) files.set(address, path);
  }
  return files;
}

async function answer(site, request, response) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405, { allow: 'GET, HEAD' });
  const [raw, query] = request.url.split(/\?(.*)/s, 2);
  const found = site ? find(site, raw) : { status: 503 };
  if (found.status === 301) {
    return end(response, 301, { location: `${found.location}${query === undefined ? '' : `?${query}`}` });
  }
  if (!found.file) return end(response, found.status, { 'content-type': 'text/plain' }, `${found.status}\n`);
  await send(request, response, found);
}

// What answers for a path: a file, a redirect, or nothing.
function find({ base, files }, raw) {
  if (`${raw}/` === base) return { status: 301, location: base };
  if (!raw.startsWith(base)) return { status: 404 };
  const missing = { status: 404, file: files.get('404.html'), name: '404.html' };
  let path;
  try {
    path = decodeURIComponent(raw.slice(base.length));
  } catch {
    return { status: 400 };
  }
  const ok = (name) => ({ status: 200, file: files.get(name), name });
  if (path === '' || path.endsWith('/')) return files.has(`${path}index.html`) ? ok(`${path}index.html`) : missing;
  if (files.has(path)) return ok(path);
  if (files.has(`${path}.html`)) return ok(`${path}.html`);
  if (files.has(`${path}/index.html`)) return { status: 301, location: `${raw}/` };
  return missing;
}

async function send(request, response, { status, file, name }) {
  let body = await readFile(file);
  const type = TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  const headers = { 'content-type': type, 'cache-control': 'max-age=600', vary: 'Accept-Encoding' };
  if (COMPRESSED.test(type) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) {
    body = await compress(body);
    headers['content-encoding'] = 'gzip';
  }
  end(response, status, headers, body, request.method === 'HEAD');
}

function end(response, status, headers = {}, body = '', headOnly = false) {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(headOnly ? undefined : body);
}
