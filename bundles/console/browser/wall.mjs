import assert from 'node:assert/strict';
import { go, settled } from './console.mjs';
import { looked } from './pages.mjs';
import { slowness } from './slowness.mjs';

const [SLOTS, DRIVES, MAIL] = [3_000, 12, 20];
/* What a few slots too many for their way of drawing would take; a busy machine takes some seconds for all of it. */
const DRAWN_MOST_MS = 5_000;
const KEY_MOST_MS = 500;

/**
 * A library of 3,000 slots is drawn, and gone through by keys. No library here is so large, so the appliance's answer is made up, by the rules of docs/rest.md;
 * what is measured is the browser.
 */
export async function wall({ page, heard, folder }) {
  heard.errors.length = 0;
  const row = { name: 'wall', driver: 'tape', node: 'here', state: 'ready', location: '/dev/sg3', slots: SLOTS, mailSlots: MAIL, drives: DRIVES, cartridges: 2_600, problem: null };
  await page.route('**/api/v1/libraries', (route) => route.fulfill({ json: [row] }));
  await page.route('**/api/v1/libraries/wall*', (route) => route.fulfill({ json: { ...row, changer: null, elements: elements() } }));
  await go(page, 'overview');
  await page.reload();
  await settled(page);
  const before = await slowness(page);
  await page.evaluate(() => performance.mark('asked'));
  await go(page, 'media');
  const place = (address) => page.locator(`[data-address="${address}"]`);
  await place(1000 + SLOTS - 1).waitFor({ state: 'attached' });
  const drawn = await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(Math.round(performance.now() - performance.getEntriesByName('asked')[0].startTime))))));
  const slower = Math.max(before, await slowness(page));
  const wrong = await looked(page, 'a wall of slots');
  await place(500).focus();
  const times = [];
  for (const key of ['End', 'ArrowUp', 'ArrowLeft', 'ArrowLeft', 'Home']) times.push(await pressed(page, key));
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-address')), '500', 'Home is the first drive');
  await page.keyboard.press('End');
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('data-address')), String(1000 + SLOTS - 1));
  assert.ok(await page.evaluate(() => { const { top, bottom } = document.activeElement.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight; }), 'what has the focus is seen');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.locator('.az-inside h2').waitFor();
  await page.screenshot({ path: `${folder}/media-wall.png` });
  assert.deepEqual([...wrong, ...heard.errors], []);
  assert.ok(drawn < DRAWN_MOST_MS * slower, `${drawn} ms to draw it, on a machine ${slower} times as slow`);
  assert.ok(Math.max(...times) < KEY_MOST_MS * slower, `${times} ms for keys, on a machine ${slower} times as slow`);
  await page.unrouteAll({ behavior: 'wait' });
  await page.reload();
  await settled(page);
  return { drawn, keys: Math.max(...times), slower };
}

/** @return milliseconds from a key to the picture behind it */
async function pressed(page, key) {
  await page.evaluate(() => { window.shownAfter = new Promise((resolve) => addEventListener('keydown', ({ timeStamp }) => requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now - timeStamp))), { once: true, capture: true })); });
  await page.keyboard.press(key);
  return Math.round(await page.evaluate(() => window.shownAfter));
}

function elements() {
  const one = (address, kind, rest) => ({
    address, kind, content: 'empty', barcode: null, volume: null, pool: null, state: null, drive: null, source: null, accessible: true, used: false, cleanings: 0, problem: '', health: null, why: null, warnings: [], ...rest,
  });
  const many = (count, first, kind, rest) => Array.from({ length: count }, (_, at) => one(first + at, kind, rest(at)));
  const lies = (at) => (at % 8 === 7 ? {} : { content: 'cartridge', barcode: `A${String(at).padStart(5, '0')}L8`, volume: `tape-${at}`, pool: 'tape', state: at % 50 ? 'full' : 'suspect' });
  return [one(0, 'picker', {}), ...many(DRIVES, 500, 'drive', (at) => ({ drive: at })), ...many(MAIL, 10, 'mail-slot', () => ({})), ...many(SLOTS, 1000, 'slot', lies)];
}
