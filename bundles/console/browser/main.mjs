// node main.mjs HOME FOLDER: visits the appliance of this home; screenshots go to FOLDER. One line of JSON a step: {step, ms, failed}.
import { mkdirSync } from 'node:fs';
import { listen, open } from './browser.mjs';
import { account } from './account.mjs';
import { arrives } from './arrives.mjs';
import { changes } from './changes.mjs';
import { danger } from './danger.mjs';
import { everyPage } from './pages.mjs';
import { library } from './library.mjs';
import { live } from './live.mjs';
import { protects } from './protects.mjs';
import { restores } from './restores.mjs';

const STEPS = { arrives, protects, changes, account, everyPage, restores, library, danger, live };

const [home, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await open(home);
browser.page.setDefaultTimeout(20_000);
const visit = { ...browser, folder, heard: listen(browser.page) };
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
