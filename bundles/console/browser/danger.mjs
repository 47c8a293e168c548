import assert from 'node:assert/strict';
import { choose, settled } from './console.mjs';
import { looked, unsound } from './pages.mjs';

/** What one admin ordered waits; each page says so at its top, and another admin, who looks at it, refuses it. */
export async function danger({ page, url, token, heard, folder }) {
  const ask = (path, data, by = token) => page.context().request.fetch(`${url}/api/v1/${path}`, { method: data ? 'POST' : 'GET', headers: { Authorization: `Bearer ${by}` }, data });
  heard.errors.length = 0;
  const { token: other } = await (await ask('tokens', { name: 'walk-one', role: 'admin' })).json();
  await ask('tokens', { name: 'walk-two', role: 'admin' });
  assert.equal((await ask('rule', { persons: 2 })).status(), 200);
  const asked = await ask('development-mode', { on: true }, other);
  assert.equal(asked.status(), 202);
  const { request } = await asked.json();
  await page.reload();
  await page.locator('header a[href="/settings/danger"]').click();
  await page.locator(`button[aria-label$=" ${request}"]`).first().waitFor();
  const wrong = [];
  for (const [language, theme] of [['ja', 'dark'], ['en', 'light']]) {
    await choose(page, 'language', language);
    await choose(page, 'theme', theme);
    await settled(page);
    wrong.push(...(await looked(page, `danger ${language}`)), ...(await unsound(page, `danger ${language}`)));
    await page.screenshot({ path: `${folder}/danger-${language}.png` });
  }
  await page.getByRole('button', { name: `Refuse request ${request}` }).click();
  await page.getByText('Refused', { exact: true }).waitFor();
  await page.locator('header a[href="/settings/danger"]').waitFor({ state: 'detached' });
  await page.locator('#persons').selectOption('0');
  await page.locator('#delay').waitFor({ state: 'detached' });
  assert.deepEqual(await (await ask('rule')).json(), { persons: 0, delay: 0 });
  assert.equal((await (await ask('development-mode')).json()).on, false);
  assert.deepEqual([...wrong, ...heard.errors], []);
  return { request };
}
