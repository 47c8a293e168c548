import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** One Chromium with a profile of its own. @param home of the appliance that it visits */
export async function open(home, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'azekura-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.AZEKURA_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS, ignoreHTTPSErrors: true, locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options,
  });
  const read = (name) => readFileSync(join(home, name), 'utf8').trim();
  return {
    page: context.pages()[0] ?? (await context.newPage()),
    context,
    url: read('run/url'),
    token: read('token'),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** What a page complains of and whom it asks, from now on. */
export function listen(page) {
  const heard = { errors: [], requests: [] };
  page.on('console', (message) => {
    // the first run asks for data disks, and a machine that runs from no image has an answer of its own (409) for that
    if (message.location().url.endsWith('/api/v1/appliance/disks') && message.text().includes('409')) return;
    if (message.type() === 'error') heard.errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => heard.errors.push(error.message));
  page.on('request', (request) => heard.requests.push(request.url()));
  return heard;
}
