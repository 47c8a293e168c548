// node returns.mjs HOME FOLDER MEDIUM KEY PASSPHRASE OTHER FILE TO: visits the first run of an appliance that takes the place of a lost one. What that saved into its pool vault lies in MEDIUM, which the recovery file
// KEY opens; OTHER is that of a pool that did not come back. At the end the lost one's admin restores FILE into the folder TO.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settled } from './console.mjs';
import { walk } from './walk.mjs';

const PASSWORD = 'a longer one for the time behind the loss';

await walk('return', '/begin/you', async (visit) => {
  const { page, url, more, heard, look } = visit;
  const [medium, key, passphrase, other, file, to] = more;
  await staysTyped(visit);
  await page.getByRole('link', { name: 'Bring back a lost appliance instead' }).click();
  await page.waitForURL(`${url}/begin/return`);
  await rebuilds(visit, medium);
  await bringsKeys(visit, key, passphrase, other);
  // who goes away and comes back sees how far it is
  await page.reload();
  await page.getByText('Rebuild: is done, with warnings').waitFor();
  await page.getByText('user chief (admin) is back without a password and kept out').waitFor();
  assert.equal(await page.locator('#from-named').count(), 0, 'a catalog is rebuilt once');
  await look('left');
  await letsIn(visit);
  await restores(visit, file, to);
  await forgets(visit);
  // what was refused on purpose, and the session that ended
  heard.errors = heard.errors.filter((error) => !/\/api\/v1\/(keys|session)$/.test(error));
});

/** Who looks into another window, for a password say, finds what was typed when he comes back. */
async function staysTyped({ page }) {
  const field = page.locator('#admin-password');
  await field.fill('half a sentence');
  const asked = page.waitForResponse((answer) => answer.url().endsWith('/api/v1/appliance/disks'));
  await page.evaluate(() => window.dispatchEvent(new Event('visibilitychange')));
  await asked;
  await settled(page);
  assert.equal(await field.inputValue(), 'half a sentence');
}

/** What holds the backups: at first places where nothing of them lies. */
async function rebuilds({ page, look, lookInBoth }, medium) {
  const named = page.locator('#from-named');
  await named.waitFor();
  await page.getByText('1. What holds its backups').waitFor();
  assert.equal(await page.locator('#from-default').count(), 0, "this machine's own pool is not offered");
  await lookInBoth();
  const rebuild = async (from, says) => {
    await named.fill(from);
    await page.getByRole('button', { name: 'Rebuild the catalog' }).click();
    await page.getByRole('status').getByText(says).waitFor();
  };
  await rebuild(`${medium}/nothing`, 'has no label: no volume is there');
  await look('nothing');
  await rebuild('srv/backup', 'a folder is named by its whole path, from / on');
  await rebuild(medium, 'Rebuild: is done, with warnings');
  await named.waitFor({ state: 'detached' });
}

/** The wrong ones open nothing, and say why. */
async function bringsKeys({ page, look }, key, passphrase, other) {
  const missing = page.getByText('Pools without their key: vault');
  await missing.waitFor();
  const bring = async (says) => {
    await page.getByRole('button', { name: 'Bring back', exact: true }).click();
    await page.getByText(says).waitFor();
  };
  const give = async (path) => {
    await page.locator('#recovery-file').setInputFiles(path);
    await page.waitForFunction((text) => document.getElementById('recovery').value === text, readFileSync(path, 'utf8'));
  };
  await page.locator('#recovery').fill('hello');
  await bring('it does not begin with "AZEKURA RECOVERY FILE 1"');
  await look('no key');
  await give(other);
  await bring('opens no pool of this appliance');
  await give(key);
  await page.locator('#recovery-passphrase').fill('not this one');
  await bring('this is not the passphrase');
  await look('wrong');
  await page.locator('#recovery-passphrase').fill(passphrase);
  await bring('It opens: vault');
  await missing.waitFor({ state: 'detached' });
  assert.equal(await page.locator('#recovery-file').inputValue(), '', 'the next file can be chosen');
  await look('key');
}

/** The lost appliance's admin gets a password for once, and chooses another. */
async function letsIn({ page, url, look }) {
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.waitForURL(`${url}/settings/users`);
  const act = async (what) => {
    await page.getByRole('button', { name: 'What can be done with chief' }).click();
    await page.getByRole('menuitem', { name: what, exact: true }).click();
  };
  await act('Give a new password');
  const once = await page.getByRole('textbox', { name: 'The first password of chief' }).inputValue();
  await act('Enable');
  await page.locator('tr', { hasText: /^chief/ }).getByText('Disabled').waitFor({ state: 'detached' });
  await look('users');
  await page.locator('#user').click();
  await page.locator('#user-out').click();
  await page.locator('#name').fill('chief');
  await page.locator('#password').fill(once);
  await page.locator('form:has(#name) [type=submit]').click();
  await page.locator('#next').fill(PASSWORD);
  await page.locator('#password').fill(once);
  await page.locator('form:has(#next) [type=submit]').click();
  await settled(page);
}

/** What was saved before the loss is found and comes back. */
async function restores({ page, go, look }, file, to) {
  await go('/restore');
  await page.getByRole('searchbox').fill('balance*');
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('link', { name: 'Restore this version of balance 2026.txt' }).click();
  await page.locator('#folder').fill(to);
  await page.getByRole('dialog').getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText('Everything was restored.').waitFor();
  assert.equal(readFileSync(join(to, file), 'utf8'), 'what was saved');
  await look('restored');
}

/** The overview leads to what is not in force; what nobody wants any more is named no more. */
async function forgets({ page, url, go, look }) {
  await go('/overview');
  await look('overview');
  await page.getByRole('link', { name: 'See which' }).click();
  await page.waitForURL(`${url}/begin/return`);
  await page.getByText('device default was on node').waitFor();
  assert.equal(await page.getByText('user chief (admin) is back').count(), 0, 'he is in force');
  await page.getByRole('button', { name: 'Name them no more' }).click();
  await page.getByText('Not in force yet').waitFor({ state: 'detached' });
}
