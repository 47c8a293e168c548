// node disks.mjs HOME FOLDER: visits the first run of an appliance with two disks to spare, one of which fails, makes a disk set of them, and a pool on it; then its page of disks.
import assert from 'node:assert/strict';
import { walk } from './walk.mjs';

await walk('disks', '/begin/disks', async ({ page, url, go, look, lookInBoth }) => {
  const row = (name) => page.getByRole('row').filter({ hasText: name });
  await page.locator('#take-sdb').waitFor();
  assert.equal(await page.locator('#take-sda').count(), 0, 'the disk that runs is not offered');
  await row('sda Model S0').getByText('the running system is on it').waitFor();
  await row('sdb Model S1').getByText('failing: replace it').waitFor();
  const make = page.locator('#make-set');
  await page.locator('#take-sdb').check();
  assert.equal(await page.locator('#disk-level').inputValue(), 'single');
  await page.locator('#take-sdc').check();
  assert.equal(await page.locator('#disk-level').inputValue(), 'mirror');
  assert.equal(await make.isDisabled(), true, 'what is on a disk goes only if that is said');
  await page.locator('#erase-sdc').check();
  await lookInBoth();
  await make.click();
  await page.getByText('in order').waitFor();
  await page.locator('#disk-pool').fill('vault');
  await page.locator('#make-pool').click();
  await page.getByText(/^vault: .*\/srv\/pool1\/vault$/).waitFor();
  await look('made');
  await page.locator('#next').click();
  await page.waitForURL(`${url}/begin/protect`);
  await go('/settings/disks');
  await page.getByText('in order').waitFor();
  const failing = row('sdb Model S1');
  await failing.getByText('failing: replace it').waitFor();
  await failing.getByText('disk set pool1').waitFor();
  await look('settings');
});
