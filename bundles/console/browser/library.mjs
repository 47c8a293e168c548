import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { go, settled } from './console.mjs';
import { looked, unsound } from './pages.mjs';

/** A library is added by a form that is made of its driver's metatype, and is seen; its cartridges are moved by keyboard and by the mouse. */
export async function library({ page, heard, folder }) {
  heard.errors.length = 0;
  await addDevice(page);
  await go(page, 'media');
  const place = (address) => page.locator(`[data-address="${address}"]`);
  await place(1000).waitFor();
  const wrong = [...(await looked(page, 'media with a library')), ...(await unsound(page, 'media with a library'))];
  await byKeyboard(page, place);
  await byMouse(page, place);
  await place(1003).press('Enter');
  await page.locator('.az-inside h2').waitFor();
  wrong.push(...(await looked(page, 'media with a place that is chosen')));
  await page.screenshot({ path: `${folder}/media-library.png` });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await page.locator('.az-cartridge').first().evaluate((cartridge) => getComputedStyle(cartridge).transitionDuration), '0s', 'nothing glides for who does not want that');
  await page.emulateMedia({ reducedMotion: null });
  assert.deepEqual([...wrong, ...heard.errors], []);
}

async function addDevice(page) {
  await go(page, 'drivers');
  await page.getByRole('button', { name: 'Add a device' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('#device-name').fill('lib1');
  await dialog.locator('#device-driver').selectOption({ index: await indexOf(dialog.locator('#device-driver'), /^simulator/) });
  await dialog.locator('#setting-folder').fill(join(mkdtempSync(join(tmpdir(), 'azekura-library-')), 'lib1'));
  await dialog.locator('#setting-drives').fill('17');
  await dialog.getByText('At most 16.').waitFor();
  await dialog.locator('#setting-drives').fill('2');
  await dialog.locator('#setting-generation').selectOption('LTO-8');
  await dialog.getByRole('button', { name: 'Add a device' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator('tr', { hasText: /^lib1/ }).waitFor();
  await settled(page);
}

async function indexOf(select, label) {
  const labels = await select.locator('option').allTextContents();
  return labels.findIndex((text) => label.test(text));
}

const carries = (page, address, barcode) => page.waitForFunction(([at, what]) => document.querySelector(`[data-address="${at}"]`)?.getAttribute('aria-label')?.includes(what), [String(address), barcode]);

/** From slot 1000 to the mail slot and, as the menu would, back to a free slot. */
async function byKeyboard(page, place) {
  await place(1000).focus();
  assert.match(await place(1000).getAttribute('aria-label'), /A00001L8/);
  await page.keyboard.press('m');
  for (let pressed = 0; pressed < 6 && !(await place(10).evaluate((element) => element === document.activeElement)); pressed++) await page.keyboard.press('ArrowUp');
  for (let pressed = 0; pressed < 3 && !(await place(10).evaluate((element) => element === document.activeElement)); pressed++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await carries(page, 10, 'A00001L8');
}

async function byMouse(page, place) {
  const [from, to] = [await place(10).boundingBox(), await place(1000).boundingBox()];
  const middle = ({ x, y, width, height }) => [x + width / 2, y + height / 2];
  await page.mouse.move(...middle(from));
  await page.mouse.down();
  await page.mouse.move(...middle(to), { steps: 8 });
  await page.mouse.up();
  await carries(page, 1000, 'A00001L8');
}
