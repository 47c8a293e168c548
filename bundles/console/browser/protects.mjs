import assert from 'node:assert/strict';
import { PAGES, settled, tabTo } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const CLICKS_MOST = 10;

/** From nothing to a first backup without a mouse; what a mouse would have to click is counted. */
export async function protects({ page, folder, heard }) {
  heard.errors.length = 0;
  let clicks = 2; // the way in by the token, and its button
  const press = async (target) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
    clicks++;
  };
  await press(page.locator(`nav a[href="/${PAGES[0]}"]`));
  await settled(page);
  await press(page.locator('#main a[href="/protection/new"]'));
  await settled(page);
  const wrong = [...(await looked(page, 'protect')), ...(await unsound(page, 'protect'))];
  await page.screenshot({ path: `${folder}/protect.png`, fullPage: true });
  await tabTo(page, page.locator('#paths'));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('/etc');
  await press(page.locator('#main button[type=submit]'));
  await page.waitForURL(/\/jobs\/\d+$/);
  await page.locator('#main a[href^="/restore?snapshot="]').waitFor({ timeout: 60_000 });
  await page.screenshot({ path: `${folder}/job.png`, fullPage: true });
  assert.deepEqual([...wrong, ...(await looked(page, 'job')), ...(await unsound(page, 'job'))], []);
  assert.ok(clicks <= CLICKS_MOST, `${clicks} clicks`);
  return { clicks };
}
