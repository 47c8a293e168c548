// node main.mjs HOME FOLDER PACKAGES: visits the appliance of this home; screenshots go to FOLDER, versions of the driver disk lie in PACKAGES. One line of JSON a step: {step, ms, failed}.
import { mkdirSync } from 'node:fs';
import { listen, open } from './browser.mjs';
import { account } from './account.mjs';
import { arrives } from './arrives.mjs';
import { changes } from './changes.mjs';
import { compares } from './compares.mjs';
import { danger } from './danger.mjs';
import { federates } from './federates.mjs';
import { keeps } from './keeps.mjs';
import { everyPage } from './pages.mjs';
import { library } from './library.mjs';
import { live } from './live.mjs';
import { protects } from './protects.mjs';
import { reads } from './reads.mjs';
import { rehearses } from './rehearses.mjs';
import { restores } from './restores.mjs';
import { signs } from './signs.mjs';
import { stands } from './stands.mjs';
import { swaps } from './swaps.mjs';
import { wall } from './wall.mjs';

const STEPS = {
  reads, arrives, protects, changes, account, rehearses, everyPage, restores, keeps, compares, stands, library, wall, swaps, danger, signs, live, federates,
};

const [home, folder, packages] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await open(home);
browser.page.setDefaultTimeout(60_000);
const visit = { ...browser, folder, packages, heard: listen(browser.page) };
let failed = 0;
for (const [step, run] of Object.entries(STEPS)) {
  const begin = performance.now();
  const line = { step };
  try {
    Object.assign(line, await run(visit));
  } catch (thrown) {
    failed++;
    line.failed = String(thrown.message ?? thrown).slice(0, 3000);
    await browser.page.screenshot({ path: `${folder}/failed-${step}.png` }).catch(() => {});
  }
  console.log(JSON.stringify({ ...line, ms: Math.round(performance.now() - begin) }));
}
await browser.close();
process.exitCode = failed ? 1 : 0;
