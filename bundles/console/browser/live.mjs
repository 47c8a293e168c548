import assert from 'node:assert/strict';
import { go } from './console.mjs';

const JOBS = 200;
const IDLE_MS = 6_000;
const LISTS_MOST = 60;

/** Two hundred jobs are followed by events: the list is right in the end without a new load, and while nothing happens nothing is asked. */
export async function live({ page, url, token, heard }) {
  await go(page, 'jobs');
  heard.requests.length = 0;
  const order = { kind: 'backup', saveSet: 'live', paths: ['/etc/hostname'], dryRun: true };
  const ask = (path, body) => page.context().request.fetch(`${url}/api/v1/${path}`, {
    method: body ? 'POST' : 'GET', headers: { Authorization: `Bearer ${token}` }, data: body,
  });
  const before = (await (await ask('jobs')).json()).length;
  for (let begun = 0; begun < JOBS; begun += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('jobs', order)));
    answers.forEach((answer) => assert.equal(answer.status(), 202));
  }
  await page.waitForFunction((all) => document.querySelector('.az-count')?.textContent?.replace(/\D/g, '') === String(all), before + JOBS, { timeout: 60_000 });
  while ((await (await ask('jobs?running=true')).json()).length > 0) await page.waitForTimeout(200);
  await page.locator('#show-active').click();
  await page.waitForFunction(() => document.querySelector('.az-count')?.textContent?.replace(/\D/g, '') === '0', undefined, { timeout: 60_000 });
  await page.locator('#show-all').click();
  const asked = heard.requests.filter((request) => request.includes('/api/')).length;
  assert.ok(asked <= LISTS_MOST, `${asked} requests for ${JOBS} jobs`);
  await page.waitForTimeout(3_000);
  heard.requests.length = 0;
  await page.waitForTimeout(IDLE_MS);
  assert.deepEqual(heard.requests, [], 'nothing is asked while nothing happens');
  return { asked };
}
