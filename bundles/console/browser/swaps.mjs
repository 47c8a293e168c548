import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, begin, done } from './asks.mjs';
import { go } from './console.mjs';
import { looked, unsound } from './pages.mjs';

const BYTES = 6 << 20;
const SLOW = 65_536;

/**
 * A driver that a backup uses is changed by a package that is dropped on the page. The next version fails its self-test: it is backed out, the page says why,
 * and the backup ends well.
 */
export async function swaps(visit) {
  const { page, heard, folder, packages } = visit;
  heard.errors.length = 0;
  const from = mkdtempSync(join(tmpdir(), 'azekura-busy-'));
  writeFileSync(join(from, 'random'), randomBytes(BYTES));
  const client = (await ask(visit, 'clients'))[0].name;
  const limit = (limits) => ask(visit, `clients/${client}/limits`, { method: 'POST', data: { limits } });
  await limit([{ perSecond: SLOW }]);
  const job = await begin(visit, { kind: 'backup', saveSet: 'busy', paths: [from] });
  await go(page, 'drivers');
  await page.locator('#certificate').fill(readFileSync(join(packages, 'publisher.pub'), 'utf8'));
  await page.getByRole('button', { name: 'Trust', exact: true }).click();
  await page.locator('tr', { hasText: /^Test Drivers Inc\./ }).waitFor();
  await page.locator('#as-update').check();
  const disk = page.locator('tr', { hasText: /^disk/ });
  await drop(page, join(packages, 'disk-7.0.0.azd'));
  await page.getByText(/: disk 7\.0\.0 runs\./).waitFor();
  await disk.getByText('7.0.0').waitFor();
  await drop(page, join(packages, 'disk-7.1.0.azd'));
  await page.getByText(/: backed out, disk 7\.0\.0 runs again\./).waitFor();
  await page.getByText(/this version finds itself broken/).first().waitFor();
  assert.match(await disk.innerText(), /7\.0\.0/);
  const wrong = [...(await looked(page, 'drivers after a change')), ...(await unsound(page, 'drivers after a change'))];
  await page.screenshot({ path: `${folder}/drivers-backed-out.png` });
  assert.equal((await ask(visit, `jobs/${job.id}`)).state, 'running', 'the backup goes on');
  await limit([]);
  await done(visit, job);
  assert.deepEqual([...wrong, ...heard.errors], []);
}

/** As a hand lets a file fall on it. */
async function drop(page, file) {
  const transfer = await page.evaluateHandle(([name, base64]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))], name));
    return data;
  }, [file.split('/').at(-1), readFileSync(file).toString('base64')]);
  await page.locator('.az-drop').dispatchEvent('drop', { dataTransfer: transfer });
}
