// Builds the site for the browser tests, serves it and runs them: node run.mjs [--bandbook FILE] [--target FOLDER] [TEST]...
//
// TEST is the name of a test file without `.test.mjs`; none given means all. The site is built twice, for the root of a host and for
// `/repo/`, since that is where GitHub Pages puts a project's site.

import { spawn } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { serve } from './server.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = resolve(HERE, '../..');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    target: { type: 'string', default: join(REPOSITORY, 'target') },
    bandbook: { type: 'string' },
  },
});
const target = resolve(values.target);
const bandbook = resolve(values.bandbook ?? join(target, 'release/bandbook'));

const servers = [];
try {
  const sites = {
    bandbook,
    root: await prepare('/'),
    repo: await prepare('/repo/'),
    screenshots: join(target, 'screenshots'),
    repository: REPOSITORY,
  };
  const reporters = ['spec', './support/skipped.mjs'].flatMap((name) => [`--test-reporter=${name}`, '--test-reporter-destination=stdout']);
  const options = ['--test', ...reporters, '--test-concurrency=1', '--test-timeout=600000'];
  process.exitCode = await run(process.execPath, [...options, ...(await tests())], { BANDBOOK_SITES: JSON.stringify(sites) });
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
} finally {
  await Promise.all(servers.map((server) => server.close()));
}

// A server with the site built for its address and for `base`.
async function prepare(base) {
  const server = await serve();
  servers.push(server);
  const folder = join(target, `browser-site-${base === '/' ? 'root' : 'repo'}`);
  const url = `${server.origin}${base.slice(0, -1)}`;
  await rm(folder, { recursive: true, force: true });
  const code = await run(bandbook, ['build', '--root', REPOSITORY, '--out', folder, '--base-url', `${url}/`]);
  if (code !== 0) throw new Error(`the site could not be built: ${bandbook} ended with ${code}`);
  await server.mount(folder, base);
  return { folder, url, base };
}

async function tests() {
  const all = (await readdir(HERE)).filter((name) => name.endsWith('.test.mjs')).sort();
  const chosen = positionals.map((name) => `${name}.test.mjs`);
  const unknown = chosen.find((name) => !all.includes(name));
  if (unknown) throw new Error(`no such test: ${unknown}; there are ${all.join(', ')}`);
  return chosen.length === 0 ? all : chosen;
}

// Runs a program to its end and gives its exit code.
function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: HERE, env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}
