import assert from 'node:assert/strict';
import { settled, go } from './console.mjs';
import { looked, unsound } from './pages.mjs';

/** From what is saved to a proven restore, its signed report, and a plan that rehearses it again. */
export async function rehearses({ page, folder, heard }) {
  heard.errors.length = 0;
  await go(page, 'proof');
  const panel = (title) => page.locator('section.az-panel', { has: page.locator('h2', { hasText: title }) });
  await panel('Last proven restore').locator('button').first().click();
  await page.waitForURL(/\/jobs\/\d+$/);
  await go(page, 'proof');
  await panel('Restore drills').locator('tbody tr').first().getByText('Proven', { exact: true }).waitFor({ timeout: 60_000 });
  const downloads = [];
  page.on('download', (one) => downloads.push(one.suggestedFilename()));
  await panel('Restore drills').locator('tbody tr').first().getByRole('button', { name: /^Signed report/ }).click();
  await panel('Restore drills').getByText('fingerprint').waitFor();
  await panel('Drill plans').locator('#plan-name').fill('walked');
  await panel('Drill plans').locator('.az-preview li').first().waitFor();
  await panel('Drill plans').locator('button[type=submit]').click();
  await panel('Drill plans').locator('td', { hasText: 'walked' }).waitFor();
  await settled(page);
  const wrong = [...(await looked(page, 'rehearse')), ...(await unsound(page, 'rehearse'))];
  await page.screenshot({ path: `${folder}/rehearse.png`, fullPage: true });
  assert.deepEqual([...wrong, ...heard.errors], []);
  assert.ok(downloads.length === 2 && downloads[1] === `${downloads[0]}.p7s`, `downloads ${downloads}`);
  return { downloads };
}
