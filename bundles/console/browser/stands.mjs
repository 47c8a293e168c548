import assert from 'node:assert/strict';
import { ask } from './asks.mjs';
import { go, settled } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const LEADS = 'https://backup1.example.org:8443';

/** A server that stands by says so above each page, and leads to the one that leads, which has answered and takes itself for the one here. There is one server here, so its answers are made up, by the rules of docs/rest.md. */
export async function stands(visit) {
  const { page, url, heard, folder } = visit;
  heard.errors.length = 0;
  const status = await ask(visit, 'status');
  const server = (name, state, rest) => ({ name, url: '', state, here: false, since: '2026-01-02T03:04:05Z', silent: 0, ...rest });
  const servers = [server('backup1', 'leads', { url: LEADS, here: true }), server('backup2', 'standby', { url }), server('backup3', 'silent', { silent: 90 })];
  await page.route('**/api/v1/status', (route) => route.fulfill({ json: { ...status, servers } }));
  await page.route('**/api/v1/alerts', (route) => route.fulfill({
    status: 503, contentType: 'application/problem+json',
    body: JSON.stringify({ title: '', status: 503, detail: 'backup1 can not be reached', code: 'server.standby', kind: 'operator', subject: `backup1 at ${LEADS}`, retryable: false }),
  }));
  await go(page, 'overview');
  await page.reload();
  await settled(page);
  await page.getByRole('heading', { name: 'This server stands by; backup1 leads' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'Open the console of backup1' }).getAttribute('href'), `${LEADS}/overview`);
  assert.equal(await page.getByRole('link', { name: 'Go to the one that leads' }).getAttribute('href'), `${LEADS}/overview`, 'what only that one can tell says where');
  assert.equal(await page.getByText('Nothing needs you now.').count(), 0, 'what needs a look is not known here');
  assert.deepEqual(await page.getByRole('grid', { name: 'Servers' }).locator('tbody tr .pf-v6-c-label').allInnerTexts(), ['Leads', 'Stands by', 'Silent']);
  const wrong = [...(await looked(page, 'a server that stands by')), ...(await unsound(page, 'a server that stands by'))];
  await page.screenshot({ path: `${folder}/overview-standby.png` });
  await page.unrouteAll({ behavior: 'wait' });
  await page.reload();
  await settled(page);
  assert.deepEqual([...wrong, ...heard.errors.filter((error) => !error.includes('/api/v1/alerts'))], []);
}
