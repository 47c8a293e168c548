// node manual.mjs HOME FOLDER: fills the fresh appliance of this home with what the manual shows, and puts the pictures into FOLDER (see bundles/console/pictures).
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, backUp, begin, done } from './asks.mjs';
import { open } from './browser.mjs';
import { go, settled, signInByKeyboard } from './console.mjs';

const QUALITY = 82;
const DATA = '/srv/projects';

const [home, folder] = process.argv.slice(2);
const visit = await open(home, { viewport: { width: 1280, height: 800 }, timezoneId: 'UTC' });
const { page } = visit;
page.setDefaultTimeout(30_000);
const cdp = await page.context().newCDPSession(page);

async function shot(name) {
  await page.evaluate(() => document.activeElement?.blur());
  await page.mouse.move(0, 0);
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity));
  const { data } = await cdp.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  writeFileSync(join(folder, `${name}.webp`), Buffer.from(data, 'base64'));
}

const post = (path, data) => ask(visit, path, { method: 'POST', data });
const file = (name, text) => { mkdirSync(join(DATA, name, '..'), { recursive: true }); writeFileSync(join(DATA, name), text.repeat(2_000)); };

async function fill() {
  ['bridge/plan.odt', 'bridge/costs 2026.ods', 'bridge/photos/north.jpg', 'harbour/plan.odt', 'harbour/letters/permit.txt'].forEach((name) => file(name, `${name}\n`));
  await post('save-sets', { name: 'projects', client: 'backup1', paths: [DATA] });
  await post('save-sets', { name: 'system', client: 'backup1', paths: ['/etc'], rules: [{ include: false, pattern: '*.lock' }] });
  await post('devices', { name: 'lib1', driver: 'simulator', settings: { folder: '/srv/library', slots: '24', drives: '2', cartridges: '16' } });
  await post('pools', { name: 'tape', driver: 'simulator', settings: { library: 'lib1' } });
  await post('policies', { name: 'nightly', saveSets: ['projects', 'system'], pool: 'default', copyTo: ['tape'], schedule: 'daily 22:00', keep: ['last=3', 'daily=7', 'weekly=4', 'monthly=12'].join() });
  await backUp(visit, 'projects', DATA);
  file('bridge/costs 2026.ods', 'other figures\n');
  file('bridge/tender.pdf', 'tender\n');
  rmSync(join(DATA, 'harbour/letters'), { recursive: true });
  await backUp(visit, 'projects', DATA);
  await backUp(visit, 'system', '/etc/ssl');
  await done(visit, await begin(visit, { kind: 'copy', to: 'tape', pool: 'default' }));
  await done(visit, await begin(visit, { kind: 'verify', pool: 'default' }));
  await post('pools/default/recovery');
  await post('users', { name: 'ann', role: 'operator', clients: [] });
  await post('users', { name: 'ben', role: 'restorer', clients: ['backup1'] });
  await post('tokens', { name: 'report', role: 'auditor', clients: [], seconds: 7_776_000 });
}

async function walk() {
  await page.goto(`${visit.url}/overview`);
  await signInByKeyboard(page, visit.token);
  await settled(page);
  await shot('overview');
  await page.goto(`${visit.url}/protection/new`);
  await settled(page);
  await page.locator('#paths').fill(DATA);
  await page.locator('.az-picture svg').waitFor();
  await page.locator('.az-picture').evaluate((picture) => picture.scrollIntoView({ block: 'end' }));
  await shot('protection');
  await go(page, 'restore');
  await shot('restore');
  const [before, now] = (await ask(visit, 'snapshots')).filter((one) => one.saveSet === 'projects').map(({ id }) => id);
  await page.goto(`${visit.url}/restore/${now}/compare/${before}`);
  await settled(page);
  await page.locator('.az-table tbody tr').first().waitFor();
  await shot('compare');
  await restoreOrder();
  await go(page, 'media');
  const place = page.locator('[data-address="1002"]');
  await place.waitFor();
  await place.press('Enter');
  await page.locator('.az-inside h2').waitFor();
  await shot('library');
  await go(page, 'drivers');
  await page.locator('tr', { hasText: /^lib1/ }).waitFor();
  await shot('drivers');
  await go(page, 'settings');
  await page.getByRole('link', { name: 'Users', exact: true }).click();
  await page.locator('tr', { hasText: /^ben/ }).waitFor();
  await shot('users');
  await go(page, 'proof');
  await page.getByRole('heading', { name: 'Audit log' }).evaluate((heading) => heading.scrollIntoView());
  await shot('audit');
}

async function restoreOrder() {
  await go(page, 'restore');
  await page.getByRole('searchbox').fill('costs*');
  await page.getByRole('searchbox').press('Enter');
  await page.getByRole('link', { name: /Restore this version of costs/ }).first().press('Enter');
  await page.locator('#place-original').check();
  await page.locator('#overwrite').selectOption('always');
  await page.getByRole('button', { name: 'Show what would happen' }).click();
  await page.getByText('that is there would be overwritten').waitFor();
  await shot('restore-order');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
}

try {
  mkdirSync(folder, { recursive: true });
  await fill();
  await walk();
} catch (thrown) {
  await page.screenshot({ path: '/tmp/azekura-pictures-failed.png' });
  throw thrown;
} finally {
  await visit.close();
}
