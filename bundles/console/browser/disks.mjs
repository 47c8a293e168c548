// node disks.mjs HOME FOLDER: visits the first run of an appliance with two disks to spare, makes a disk set of them, and a pool on it. One line of JSON.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { listen, open } from './browser.mjs';
import { choose, settled, signInByKeyboard } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const [home, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await open(home);
const { page, url, token } = browser;
page.setDefaultTimeout(60_000);
const heard = listen(page);
try {
  await page.goto(`${url}/begin/disks`);
  await signInByKeyboard(page, token);
  await page.goto(`${url}/begin/disks`);
  await settled(page);
  await page.locator('#take-sdb').waitFor();
  heard.errors.length = 0;
  assert.equal(await page.locator('#take-sda').count(), 0, 'the disk that runs is not offered');
  const make = page.locator('#make-set');
  await page.locator('#take-sdb').check();
  assert.equal(await page.locator('#disk-level').inputValue(), 'single');
  await page.locator('#take-sdc').check();
  assert.equal(await page.locator('#disk-level').inputValue(), 'mirror');
  assert.equal(await make.isDisabled(), true, 'what is on a disk goes only if that is said');
  await page.locator('#erase-sdc').check();
  const wrong = [];
  for (const [language, theme] of [['ja', 'dark'], ['en', 'light']]) {
    await choose(page, 'language', language);
    await choose(page, 'theme', theme);
    wrong.push(...(await looked(page, `disks ${language}`)), ...(await unsound(page, `disks ${language}`)));
    await page.screenshot({ path: `${folder}/disks-${language}.png`, fullPage: true });
  }
  await make.click();
  await page.getByText('in order').waitFor();
  await page.locator('#disk-pool').fill('vault');
  await page.locator('#make-pool').click();
  await page.getByText(/^vault: .*\/srv\/pool1\/vault$/).waitFor();
  wrong.push(...(await unsound(page, 'disks made')));
  await page.screenshot({ path: `${folder}/disks-made.png`, fullPage: true });
  await page.locator('#next').click();
  await page.waitForURL(`${url}/begin/protect`);
  assert.deepEqual([...wrong, ...heard.errors], []);
} catch (thrown) {
  console.log(String(thrown.message ?? thrown).slice(0, 3000));
  await page.screenshot({ path: `${folder}/disks-failed.png`, fullPage: true }).catch(() => {});
  process.exitCode = 1;
}
await browser.close();
