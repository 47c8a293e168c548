import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { go } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const PASSWORD = 'a second sentence to know';

/** A user of his own sets up a second factor, is asked for it at the next sign-in, and is told when his leaving was not heard. */
export async function account({ page: before, context, url, token, folder }) {
  const bearer = { Authorization: `Bearer ${token}` };
  const made = await context.request.post(`${url}/api/v1/users`, { headers: bearer, data: { name: 'hanako', role: 'admin', password: PASSWORD } });
  assert.equal(made.status(), 201, await made.text());
  await context.clearCookies();
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  try {
    await page.goto(`${url}/settings/account`);
    await signIn(page, PASSWORD);
    await page.locator('#factor-password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('.az-qr').waitFor();
    const wrong = [...(await looked(page, 'second factor')), ...(await unsound(page, 'second factor'))];
    await page.screenshot({ path: `${folder}/second-factor.png`, fullPage: true });
    const key = (await page.locator('.az-scan .pf-v6-c-clipboard-copy input').inputValue()).replace(/\s/g, '');
    await page.locator('#factor-code').fill(codeOf(key, Date.now()));
    await page.keyboard.press('Enter');
    await page.locator('.az-codes li').nth(9).waitFor();
    wrong.push(...(await unsound(page, 'recovery codes')));
    await page.screenshot({ path: `${folder}/recovery-codes.png`, fullPage: true });
    const [recovery] = await page.locator('.az-codes li').allTextContents();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await stays(page, url);
    await page.locator('#user').click();
    await page.locator('#user-out').click();
    await signIn(page, PASSWORD);
    await page.getByText('You are not signed in.').waitFor();
    await page.locator('#code').fill(recovery);
    await page.keyboard.press('Enter');
    await page.locator('#main h1').waitFor();
    assert.deepEqual(wrong, []);
  } finally {
    await page.close();
    await context.clearCookies();
    await context.request.delete(`${url}/api/v1/users/hanako`, { headers: bearer });
    await context.request.post(`${url}/api/v1/session`, { headers: bearer, data: {} });
    await before.goto(`${url}/overview`);
    await before.locator('#main h1').waitFor();
  }
}

async function signIn(page, password) {
  await page.locator('#name').fill('hanako');
  await page.locator('#password').fill(password);
  await page.keyboard.press('Enter');
}

/** Who wants to leave and is not heard is in still, and told so. */
async function stays(page, url) {
  await page.route(`${url}/api/v1/session`, (route) => (route.request().method() === 'DELETE' ? route.abort() : route.continue()));
  await page.locator('#user').click();
  await page.locator('#user-out').click();
  await page.getByText('You are still signed in').waitFor();
  await go(page, 'jobs');
  await page.unroute(`${url}/api/v1/session`);
}

/** RFC 6238 as telephones do it. */
function codeOf(key, time) {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(time / 30_000)));
  const hash = createHmac('sha1', secret).update(count).digest();
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
