import assert from 'node:assert/strict';
import { provide } from './provider.mjs';

/** Somebody whom a real provider knows signs in by it, becomes a user, and leaves the provider when he signs out. */
export async function federates({ context, url, token, heard }) {
  const provider = await provide(`${url}/sso`, `${url}/`);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const ask = (method, path, data) => context.request.fetch(`${url}/api/v1/${path}`, { method, headers: { Authorization: `Bearer ${token}` }, data });
  try {
    const set = await ask('PUT', 'sso', {
      name: 'Example Inc.', issuer: provider.issuer, client: 'azekura', secret: 'secret of the walk', scopes: ['profile'], grants: [{ value: 'backup-admins', role: 'operator' }],
    });
    assert.equal(set.status(), 200, await set.text());
    assert.equal((await (await ask('POST', 'sso/test')).json()).leave, true);
    await page.goto(`${url}/media`);
    await leave(page);
    await page.getByRole('button', { name: 'Sign in with Example Inc.' }).click();
    await page.locator('[name=login]').fill('walker');
    await page.locator('[name=password]').fill('any');
    await page.locator('[type=submit]').click();
    await page.locator('[type=submit]').click();
    await page.locator('#main h1').waitFor();
    assert.equal(new URL(page.url()).pathname, '/media', 'the page that was asked for before');
    const { caller } = await page.evaluate(async () => (await fetch('/api/v1/session')).json());
    assert.deepEqual([caller.name, caller.role], ['walker', 'operator']);
    await leave(page);
    await page.waitForURL(`${provider.issuer}/**`);
    return { who: caller.name };
  } finally {
    await page.close();
    await ask('DELETE', 'sso');
    await provider.end();
    heard.errors = heard.errors.filter((error) => !error.includes('/api/v1/session'));
  }
}

async function leave(page) {
  await page.locator('#user').click();
  await page.locator('#user-out').click();
}
