import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** One Chromium with a profile of its own. @param home of the appliance whose certificate is trusted and no other */
export async function open(home, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'azekura-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.AZEKURA_CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS, ignoreHTTPSErrors: true, ...options,
  });
  return {
    context,
    url: readFileSync(join(home, 'run/url'), 'utf8').trim(),
    token: readFileSync(join(home, 'token'), 'utf8').trim(),
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
