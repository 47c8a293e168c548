import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { backUp } from './asks.mjs';
import { enter, pick, settled, tabTo } from './console.mjs';
import { looked } from './pages.mjs';

/** Without a mouse a file is looked for in all snapshots, found, and restored: first what would happen is shown, then it happens, and the file is on the disk. */
export async function restores(visit) {
  const { page, heard, folder } = visit;
  heard.errors.length = 0;
  const from = mkdtempSync(join(tmpdir(), 'azekura-from-'));
  mkdirSync(join(from, 'reports'));
  const [file, to] = [join(from, 'reports', 'balance 2026.txt'), mkdtempSync(join(tmpdir(), 'azekura-to-'))];
  writeFileSync(file, 'what was saved');
  await backUp(visit, 'reports', from);
  await enter(page, page.locator('nav a[href="/restore"]'));
  await settled(page);
  // the focus is at the heading of the page that was gone to, as soon as that is there
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  const wrong = await looked(page, 'restore with snapshots');
  await tabTo(page, page.getByRole('searchbox'));
  await page.keyboard.type('balance*');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Restore this version of balance 2026.txt' }).waitFor();
  wrong.push(...(await looked(page, 'search')));
  await enter(page, page.getByRole('link', { name: 'Restore this version of balance 2026.txt' }));
  await overwritten(page, file);
  await tabTo(page, page.locator('#folder'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type(to);
  await page.screenshot({ path: `${folder}/restore-order.png` });
  await enter(page, page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }));
  await page.getByText('Everything was restored.').waitFor();
  wrong.push(...(await looked(page, 'restore result')));
  assert.equal(readFileSync(join(to, file), 'utf8'), 'what was saved');
  await downloads(visit, from, file);
  assert.deepEqual([...wrong, ...heard.errors], []);
}

/** A file comes as it was saved, under its name; a folder as a zip. */
async function downloads({ page, url }, from, file) {
  const snapshot = (await page.evaluate(async () => (await fetch('/api/v1/snapshots')).json())).findLast((one) => one.saveSet === 'reports').id;
  for (const [address, name] of [[`path=${encodeURIComponent(join(from, 'reports'))}&file=${encodeURIComponent(file)}`, 'balance 2026.txt'], [`path=${encodeURIComponent(from)}`, `${basename(from)}.zip`]]) {
    await page.goto(`${url}/restore/${snapshot}?${address}`);
    await settled(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download' }).press('Enter')]);
    assert.equal(download.suggestedFilename(), name);
    const bytes = readFileSync(await download.path());
    assert.equal(name.endsWith('.zip') ? bytes.subarray(0, 2).toString() : bytes.toString(), name.endsWith('.zip') ? 'PK' : 'what was saved');
  }
}

/** What is there now would go: it is named before. */
async function overwritten(page, file) {
  // of choices that exclude each other the Tab key finds the chosen one, and arrows go on
  await page.locator('#place-folder').waitFor();
  await tabTo(page, page.locator('#place-folder'));
  while (!(await page.locator('#place-original').isChecked())) await page.keyboard.press('ArrowDown');
  await pick(page, page.locator('#overwrite'), 'always');
  await enter(page, page.getByRole('button', { name: 'Show what would happen' }));
  await page.getByText('1 file that is there would be overwritten').waitFor();
  await page.getByRole('dialog').getByText(file, { exact: true }).last().waitFor();
  await tabTo(page, page.locator('#place-original'));
  while (!(await page.locator('#place-folder').isChecked())) await page.keyboard.press('ArrowDown');
}
