import assert from 'node:assert/strict';
import { go, settled } from './console.mjs';
import { looked, unsound } from './pages.mjs';

/** The policy that the first run made: disabled, enabled, changed after another window has signed in anew; its save set is changed, and cannot be deleted under it; then both go. */
export async function changes({ page, context, url, token, folder, heard }) {
  heard.errors.length = 0;
  await go(page, 'protection');
  await page.getByRole('link', { name: 'system', exact: true }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Policy system' }).waitFor();
  await settled(page);
  const wrong = [...(await looked(page, 'policy')), ...(await unsound(page, 'policy'))];
  await page.screenshot({ path: `${folder}/policy.png`, fullPage: true });
  await page.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('button', { name: 'Enable' }).click();
  await page.getByRole('button', { name: 'Disable' }).waitFor();
  await context.clearCookies();
  await context.request.post(`${url}/api/v1/session`, { headers: { Authorization: `Bearer ${token}` }, data: {} });
  await page.locator('#schedule').fill('daily 23:00');
  await page.locator('summary').click();
  await page.locator('#zone').fill('Asia/Tokyo');
  await page.getByText('Next runs (Asia/Tokyo)').waitFor();
  await page.locator('#blackouts').fill('sun');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('The policy is changed.').waitFor();
  heard.errors = heard.errors.filter((error) => !error.includes('403'));
  await go(page, 'protection');
  await page.getByRole('link', { name: 'system', exact: true }).nth(1).click();
  await page.locator('#excludes').fill('*.tmp\nre:^/etc/x');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('It counts from the next backup on.').waitFor();
  wrong.push(...(await looked(page, 'save set')), ...(await unsound(page, 'save set')));
  await page.screenshot({ path: `${folder}/save-set.png`, fullPage: true });
  assert.deepEqual([...wrong, ...heard.errors], []);
  const kept = async (what) => (await context.request.get(`${url}/api/v1/${what}`, { headers: { Authorization: `Bearer ${token}` } })).json();
  const policy = await kept('policies/system');
  assert.deepEqual([policy.schedule, policy.zone, policy.blackouts, policy.enabled], ['daily 23:00', 'Asia/Tokyo', ['sun'], true]);
  assert.deepEqual((await kept('save-sets/system')).rules.map((rule) => rule.value), ['*.tmp', '^/etc/x']);
}
