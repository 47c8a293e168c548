import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { signInByKeyboard } from './console.mjs';

const BUNDLE_MOST = 350_000;
const FIRST_PAGE_MOST_MS = 1_000;
/** What the sum below takes on a machine of two idle cores; a slower or busier one gets as much more time for the page as it takes longer for this. */
const SUM_MS = 200;

/** The first page is there within a second, asks nobody else, may load nothing from anywhere else, and who has the token comes in without a mouse. */
export async function arrives({ page, url, token, heard, folder }) {
  const first = await page.goto(`${url}/jobs?show=active`);
  assert.match(first.headers()['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/);
  const times = [await shown(page)];
  while (times.length < 4) {
    await page.reload();
    times.push(await shown(page));
  }
  const slower = Math.max(1, (await page.evaluate(sum)) / SUM_MS);
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

function sum() {
  const begin = performance.now();
  let sum = 0;
  for (let i = 0; i < 30_000_000; i++) sum = (sum + i * 31) % 1_000_003;
  return performance.now() - begin;
}

/** All that is sent compressed: scripts, styles, texts of both languages. */
function bundle() {
  const dist = join(import.meta.dirname, '../target/classes/dist');
  return readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.br')).reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
}
