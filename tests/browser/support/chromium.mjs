// Starts Debian's Chromium with a fresh profile, and ends exactly the processes it started.

import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium as playwright } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
// How long to wait for what comes in any case, on a machine that is busy with other things.
const PATIENCE = 120_000;

// A running browser: `port` for tools that bring their own client, `stop()` to end it.
export async function startChromium() {
  const profile = await mkdtemp(join(tmpdir(), 'bandbook-chromium-'));
  const flags = [...FLAGS, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'];
  // A process group of its own, so that the browser's helpers end with it.
  const child = spawn('chromium', flags, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const kill = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  // A test that is ended from outside runs no cleanup of its own, and its browser would go on for good.
  const leave = () => process.exit(1);
  process.once('exit', kill).once('SIGTERM', leave).once('SIGINT', leave);
  const stop = async () => {
    process.off('exit', kill).off('SIGTERM', leave).off('SIGINT', leave);
    if (child.pid !== undefined) kill();
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const endpoint = await listening(child);
    return { endpoint, port: Number(new URL(endpoint).port), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

// A running browser behind Playwright's interface; `close()` ends it.
export async function openBrowser() {
  const chromium = await startChromium();
  try {
    const browser = await playwright.connectOverCDP(chromium.endpoint);
    return {
      // A page of its own, with nothing in its cache, closed once `use` is done with it.
      async page(options, use) {
        const context = await browser.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        try {
          const page = await context.newPage();
          // As on a phone, where a scroll bar takes no room: a page of 320 px is 320 px wide.
          const session = await context.newCDPSession(page);
          await session.send('Emulation.setScrollbarsHidden', { hidden: true });
          return await use(page);
        } finally {
          await context.close();
        }
      },
      async close() {
        await browser.close();
        await chromium.stop();
      },
    };
  } catch (error) {
    await chromium.stop();
    throw error;
  }
}

// The address that Chromium says it can be driven at.
function listening(child) {
  const said = [];
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`chromium ${why}\n${said.join('\n')}`));
    const timer = setTimeout(() => fail(`said nothing for ${PATIENCE / 1000} s`), PATIENCE);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('exit', (code) => fail(`ended with ${code}`));
    createInterface({ input: child.stderr }).on('line', (line) => {
      said.push(line);
      const endpoint = line.match(/^DevTools listening on (ws:\S+)/);
      if (endpoint) {
        clearTimeout(timer);
        resolve(endpoint[1]);
      }
    });
  });
}
