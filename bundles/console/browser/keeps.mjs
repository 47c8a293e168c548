import assert from 'node:assert/strict';
import { ask } from './asks.mjs';
import { settled } from './console.mjs';
import { unsound } from './pages.mjs';

const PLACE = { pool: 'cloud', node: 'here', volume: 'cloud-1', barcode: null, place: 'device cloud: 3 of 9 packs lie in its archive: cheap (Bulk) 12 h, costs 0.41 by the prices set', there: false, files: 1, bytes: 3_000_000_000, waits: 43_200, cost: 0.41, why: null };

/**
 * What a pool keeps and for how long: its lock, which is asked for twice; and before a restore what lies in an archive, how long that takes and what it costs. No device
 * here has an archive, so that part of an answer is made up, by the rules of docs/rest.md.
 */
export async function keeps(visit) {
  const { page, url, heard, folder } = visit;
  heard.errors.length = 0;
  await page.goto(`${url}/media/pools/default`);
  await settled(page);
  await page.locator('#lock-days').fill('1');
  await page.getByRole('button', { name: 'Lock', exact: true }).press('Enter');
  await page.getByRole('dialog').getByText('Nobody can make the lock shorter.').waitFor();
  const wrong = await unsound(page, 'a lock');
  await page.screenshot({ path: `${folder}/pool-lock.png` });
  await page.getByRole('dialog').getByRole('button', { name: 'Leave it' }).press('Enter');
  assert.equal((await ask(visit, 'pools/default/lock')).seconds, 0, 'who leaves it has locked nothing');

  await page.route('**/api/v1/jobs/*/result', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), lying: [PLACE] } });
  });
  const { id } = (await ask(visit, 'snapshots')).findLast((one) => one.saveSet === 'reports');
  await page.goto(`${url}/restore/${id}?order`);
  await page.locator('#folder').fill('/tmp/anywhere');
  await page.getByRole('button', { name: 'Show what would happen' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('costs 0.41 by the prices set', { exact: true }).waitFor();
  await dialog.locator('#thaw').selectOption('cheap');
  const [order] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/api/v1/jobs')), page.getByRole('button', { name: 'Show what would happen' }).press('Enter')]);
  assert.equal(order.postDataJSON().thaw, 'cheap');
  await dialog.getByText('about 12h', { exact: true }).waitFor();
  wrong.push(...(await unsound(page, 'an archive')));
  await dialog.getByRole('grid', { name: 'Where it lies' }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: `${folder}/restore-archive.png` });
  await page.unrouteAll({ behavior: 'wait' });
  await dialog.getByRole('button', { name: 'Cancel' }).press('Enter');
  assert.deepEqual([...wrong, ...heard.errors], []);
}
