import assert from 'node:assert/strict';
import { settled } from './console.mjs';

const NAME = 'pass';
const PASSWORD = 'walks through every page';

/** A passkey is made, and signs in by itself and beside the password; by the name localhost, for browsers know none at an address of numbers. */
export async function signs({ context, url, token, heard }) {
  const home = url.replace('127.0.0.1', 'localhost');
  const asked = await context.request.post(`${url}/api/v1/users`, { headers: { Authorization: `Bearer ${token}` }, data: { name: NAME, role: 'operator', password: PASSWORD } });
  assert.equal(asked.status(), 201, await asked.text());
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
  await device.send('WebAuthn.addVirtualAuthenticator', { options });
  await page.goto(`${home}/settings/passkeys`);
  await withPassword(page);
  await page.locator('#main h1').waitFor();
  await page.locator('#passkey-name').fill("Walker's phone");
  await page.locator('form:has(#passkey-name) [type=submit]').click();
  await page.locator('td', { hasText: "Walker's phone" }).waitFor();
  await leave(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await settled(page);
  await leave(page);
  await withPassword(page);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await settled(page);
  const { who } = await page.evaluate(async () => ({ who: (await (await fetch('/api/v1/session')).json()).caller.name }));
  assert.equal(who, NAME);
  await page.close();
  heard.errors = heard.errors.filter((error) => !error.includes('/api/v1/session'));
  return { who };
}

async function withPassword(page) {
  await page.locator('#name').fill(NAME);
  await page.locator('#password').fill(PASSWORD);
  await page.locator('form:has(#name) [type=submit]').click();
}

async function leave(page) {
  await page.locator('#user').click();
  await page.locator('#user-out').click();
  await page.locator('#name').waitFor();
}
