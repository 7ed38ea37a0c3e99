// Lighthouse, as a phone on a slow network: full marks, and a first view that is soon there.
//
// The mark for performance itself also says how busy this machine is, so it is shown and not tested. What is tested is what the network
// alone costs, which Lighthouse works out from the requests of the page: the processor counts for nothing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import lighthouse from 'lighthouse';
import { startChromium } from './support/chromium.mjs';
import { none } from './support/problems.mjs';
import { ROOT } from './support/site.mjs';

const PAGES = ['/', '/bands/', '/faq/'];
const LEAST = { accessibility: 100, 'best-practices': 100, seo: 100 };
// In milliseconds; the last is the share of the screen that moves.
const MOST = { 'first-contentful-paint': 1500, 'largest-contentful-paint': 2000, 'cumulative-layout-shift': 0.1 };
// A phone's slow network, as Lighthouse has it, and a processor that takes no time.
const THROTTLING = { rttMs: 150, throughputKbps: 1638.4, cpuSlowdownMultiplier: 0.001 };
// How long to wait for what comes in any case, on a machine that is busy with other things.
const PATIENCE = 120_000;

let chromium;
before(async () => (chromium = await startChromium()));
after(() => chromium?.stop());

for (const address of PAGES) {
  test(`Lighthouse: ${address}`, async (t) => {
    const report = await measure(address);
    const values = Object.keys(MOST).map((id) => ({ id, value: report.audits[id].numericValue }));
    t.diagnostic(['performance', ...Object.keys(LEAST)].map((category) => `${category} ${score(report, category)}`).join(', '));
    t.diagnostic(values.map(({ id, value }) => `${id} ${value}`).join(', '));
    const short = Object.entries(LEAST).filter(([category, least]) => !(score(report, category) >= least));
    const slow = values.filter(({ id, value }) => !(value <= MOST[id]));
    none([...short.map(([category]) => told(report, category)), ...slow.map(({ id, value }) => `${id}: ${value} of at most ${MOST[id]}`)]);
  });
}

async function measure(address) {
  const result = await lighthouse(`${ROOT.url}${address}`, {
    port: chromium.port,
    logLevel: 'error',
    onlyCategories: ['performance', ...Object.keys(LEAST)],
    throttling: THROTTLING,
    maxWaitForFcp: PATIENCE,
    maxWaitForLoad: PATIENCE,
  });
  assert.ok(result && !result.lhr.runtimeError, result?.lhr.runtimeError?.message ?? 'Lighthouse gave no report');
  return result.lhr;
}

function score(report, category) {
  return Math.round(report.categories[category].score * 100);
}

// A category's mark, and the audits that cost it.
function told(report, category) {
  const audits = report.categories[category].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => report.audits[id]);
  const lost = audits.filter((audit) => audit.score !== null && audit.score < 1);
  const lines = lost.map((audit) => `  ${audit.title} (${audit.displayValue ?? audit.score})`);
  return [`${category} ${score(report, category)}`, ...lines].join('\n');
}
