import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from './asks.mjs';
import { go, settled, tabTo } from './console.mjs';
import { looked, unsound } from './pages.mjs';

/** Two snapshots of a folder are compared; what was removed leads to where it still is. */
export async function compares(visit) {
  const { page, heard, folder } = visit;
  heard.errors.length = 0;
  const from = mkdtempSync(join(tmpdir(), 'azekura-ledger-'));
  const write = (name, text) => writeFileSync(join(from, name), text);
  ['kept.txt', 'changed.txt', 'gone.txt'].forEach((name) => write(name, name));
  await backUp(visit, 'ledger', from);
  write('changed.txt', 'another text');
  write('new.txt', 'new');
  rmSync(join(from, 'gone.txt'));
  await backUp(visit, 'ledger', from);
  await go(page, 'restore');
  await page.getByRole('link', { name: /ledger/ }).or(page.getByRole('button', { name: /ledger/ })).first().press('Enter');
  await page.locator('.az-table tbody tr').first().getByRole('link').first().press('Enter');
  await page.waitForURL(/\/restore\/[0-9a-f]+/);
  await page.getByLabel('Compare with…').selectOption({ index: 1 });
  await page.waitForURL(/\/compare\//);
  const row = (name) => page.locator('tr', { hasText: join(from, name) });
  await row('new.txt').waitFor();
  for (const [name, change] of [['new.txt', 'Added'], ['changed.txt', 'Modified'], ['gone.txt', 'Removed']]) assert.match(await row(name).innerText(), new RegExp(change));
  assert.equal(await row('kept.txt').count(), 0, 'what is as it was is not named');
  const wrong = [...(await looked(page, 'compare')), ...(await unsound(page, 'compare'))];
  await page.screenshot({ path: `${folder}/compare.png` });
  await row('gone.txt').getByRole('link').press('Enter');
  await settled(page);
  await page.locator('.az-table').getByText('gone.txt', { exact: true }).waitFor();
  assert.ok(await page.getByRole('checkbox', { name: 'Choose gone.txt' }).isChecked(), 'what was looked for is chosen');
  await tabTo(page, page.getByRole('checkbox', { name: 'Choose kept.txt' }));
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Restore 2 items' }).waitFor();
  assert.deepEqual([...wrong, ...heard.errors], []);
}
