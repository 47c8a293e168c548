// node firmware.mjs HOME FOLDER UPDATE: visits an appliance that runs from an image and has it install this update, which one of its drivers stands against. One line of JSON.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { listen, open } from './browser.mjs';
import { choose, settled, signInByKeyboard } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const [home, folder, update] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await open(home);
const { page, url, token } = browser;
page.setDefaultTimeout(60_000);
const heard = listen(page);
try {
  await page.goto(`${url}/settings/updates`);
  await signInByKeyboard(page, token);
  await page.goto(`${url}/settings/updates`);
  await settled(page);
  await page.getByText('runs, started next, good').waitFor();
  await page.getByText('failing: replace it').waitFor();
  heard.errors.length = 0;
  await page.locator('#firmware-file').setInputFiles(update);
  await page.getByText('Drivers that would not run with it').waitFor();
  await page.getByText(/and there is 9\.0\.0/).waitFor();
  const wrong = [];
  for (const [language, theme] of [['ja', 'dark'], ['en', 'light']]) {
    await choose(page, 'language', language);
    await choose(page, 'theme', theme);
    wrong.push(...(await looked(page, `updates ${language}`)), ...(await unsound(page, `updates ${language}`)));
    await page.screenshot({ path: `${folder}/updates-${language}.png`, fullPage: true });
  }
  const install = page.getByRole('button', { name: 'Install', exact: true });
  assert.equal(await install.isDisabled(), true, 'drivers are named before');
  await page.locator('#drivers-anyway').check();
  await install.click();
  await page.getByText('It is installed, and runs from the next restart on.').waitFor();
  await page.getByText('started next, good').waitFor();
  wrong.push(...(await unsound(page, 'updates installed')));
  await page.screenshot({ path: `${folder}/updates-installed.png`, fullPage: true });
  await page.getByRole('button', { name: 'Start the machine again' }).click();
  await page.getByText(/It starts from slot B, version 2\.1\.0\./).waitFor();
  wrong.push(...(await unsound(page, 'updates restart')));
  assert.deepEqual([...wrong, ...heard.errors], []);
} catch (thrown) {
  console.log(String(thrown.message ?? thrown).slice(0, 3000));
  await page.screenshot({ path: `${folder}/updates-failed.png`, fullPage: true }).catch(() => {});
  process.exitCode = 1;
}
await browser.close();
