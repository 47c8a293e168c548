import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { signInByKeyboard } from './console.mjs';
import { slowness } from './slowness.mjs';

const BUNDLE_MOST = 350_000;
const FIRST_PAGE_MOST_MS = 1_000;

/** The first page is there within a second, asks nobody else, may load nothing from anywhere else, and who has the token comes in without a mouse. */
export async function arrives({ page, url, token, heard, folder }) {
  const first = await page.goto(`${url}/jobs?show=active`);
  assert.match(first.headers()['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/);
  const times = [await shown(page)];
  while (times.length < 4) {
    await page.reload();
    times.push(await shown(page));
  }
  const slower = await slowness(page);
  await page.screenshot({ path: `${folder}/signin.png` });
  heard.errors = heard.errors.filter((error) => !error.includes('/api/v1/session'));
  await signInByKeyboard(page, token);
  assert.equal(new URL(page.url()).pathname, '/jobs', 'the address that was asked for is shown');
  assert.deepEqual(heard.requests.filter((asked) => !asked.startsWith(`${url}/`)), [], 'no other host is asked');
  assert.ok(Math.min(...times) < FIRST_PAGE_MOST_MS * slower, `the first page takes ${times} ms, on a machine ${slower} times as slow`);
  const bytes = bundle();
  assert.ok(bytes <= BUNDLE_MOST, `scripts, styles and texts are ${bytes} bytes, compressed`);
  return { times, slower, bytes };
}

/** From the call of the page to its heading. */
async function shown(page) {
  await page.locator('h1').waitFor();
  return page.evaluate(() => Math.round(performance.now()));
}

/** All that is sent compressed: scripts, styles, texts of both languages. The manual is beside it. */
function bundle() {
  const dist = join(import.meta.dirname, '../target/classes/dist');
  return readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.br') && !name.startsWith('manual/')).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
}
