// node firmware.mjs HOME FOLDER UPDATE: visits an appliance that runs from an image and has it install this update, which one of its drivers stands against.
import assert from 'node:assert/strict';
import { walk } from './walk.mjs';

await walk('updates', '/settings/updates', async ({ page, more: [update], look, lookInBoth }) => {
  await page.getByText('runs, started next, good').waitFor();
  await page.locator('#firmware-file').setInputFiles(update);
  await page.getByText('Drivers that would not run with it').waitFor();
  await page.getByText(/and there is 9\.0\.0/).waitFor();
  await lookInBoth();
  const install = page.getByRole('button', { name: 'Install', exact: true });
  assert.equal(await install.isDisabled(), true, 'drivers are named before');
  await page.locator('#drivers-anyway').check();
  await install.click();
  await page.getByText('It is installed, and runs from the next restart on.').waitFor();
  await page.getByText('started next, good').waitFor();
  await look('installed');
  await page.getByRole('button', { name: 'Start the machine again' }).click();
  await page.getByText(/It starts from slot B, version 2\.1\.0\./).waitFor();
  await look('restart');
});
