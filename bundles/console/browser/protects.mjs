import assert from 'node:assert/strict';
import { enter, PAGES, settled, tabTo } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const CLICKS_MOST = 10;

/** From nothing through the first run to a first backup, without a mouse; what a mouse would have to click is counted. Each step can be left out, and is open still when one comes back. */
export async function protects({ page, folder, heard }) {
  heard.errors.length = 0;
  let clicks = 2; // the way in by the token, and its button
  const wrong = [];
  const press = async (target) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
    clicks++;
  };
  const at = async (step) => {
    await page.waitForURL(`**/begin/${step}`);
    await page.locator('#next').waitFor();
    await settled(page);
    wrong.push(...(await looked(page, step)), ...(await unsound(page, step)));
    await page.screenshot({ path: `${folder}/begin-${step}.png`, fullPage: true });
  };
  await press(page.locator('.pf-v6-c-masthead__logo'));
  await at('you');
  await press(page.locator('#next'));
  await at('appliance');
  await press(page.locator('#next'));
  await at('protect');
  await tabTo(page, page.locator('#paths'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('/etc');
  await press(page.locator('#protect'));
  await page.locator('#step-protect.pf-m-success').waitFor({ timeout: 60_000 });
  await at('protect');
  assert.ok(clicks <= CLICKS_MOST, `${clicks} clicks`);
  const toBackup = clicks;
  await press(page.locator('#next'));
  await recovers(page, at);
  await page.locator(`nav a[href="/${PAGES[0]}"]`).waitFor();
  assert.deepEqual([...wrong, ...heard.errors], []);
  return { clicks: toBackup };
}

/** The key goes into a file that only its passphrase opens, and onto a sheet of paper. */
async function recovers(page, at) {
  await page.waitForURL('**/begin/recover');
  await tabTo(page, page.locator('#passphrase'));
  await page.keyboard.type('a sentence for years');
  await page.keyboard.press('Tab');
  await page.keyboard.type('a sentence for years');
  const file = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  const text = (await (await (await file).createReadStream()).toArray()).join('');
  assert.match(text, /protection: argon2id/);
  await page.locator('#step-recover.pf-m-success').waitFor();
  await enter(page, page.getByRole('button', { name: 'Make a sheet to print' }));
  await page.locator('.az-sheet pre').waitFor();
  assert.match(await page.locator('.az-sheet pre').textContent(), /^AZEKURA RECOVERY FILE/);
  await at('recover');
}
