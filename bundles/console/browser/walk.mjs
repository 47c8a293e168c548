import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { listen, open } from './browser.mjs';
import { choose, settled, signInByKeyboard } from './console.mjs';
import { looked, unsound } from './pages.mjs';

/**
 * A walk on its own, `node SCRIPT HOME FOLDER [MORE]…`: signs in at the appliance at HOME and begins at an address. What goes wrong is one line; pictures come into FOLDER.
 * @param name of its pictures @param steps is given a page, what was said behind FOLDER, and ways to look at what is shown
 */
export async function walk(name, address, steps) {
  const [home, folder, ...more] = process.argv.slice(2);
  mkdirSync(folder, { recursive: true });
  const browser = await open(home);
  const { page, url, token } = browser;
  page.setDefaultTimeout(120_000);
  const heard = listen(page);
  const wrong = [];
  const picture = (what) => page.screenshot({ path: `${folder}/${name}-${what}.png`, fullPage: true });
  const go = async (to) => { await page.goto(`${url}${to}`); await settled(page); };
  /** Whether what is shown is sound, kept as a picture. */
  const look = async (what) => { wrong.push(...(await unsound(page, `${name} ${what}`))); await picture(what); };
  /** The same in each language, each in a theme of its own. */
  const lookInBoth = async () => {
    for (const [language, theme] of [['ja', 'dark'], ['en', 'light']]) {
      await choose(page, 'language', language);
      await choose(page, 'theme', theme);
      wrong.push(...(await looked(page, `${name} ${language}`)));
      await look(language);
    }
  };
  try {
    await page.goto(`${url}${address}`);
    await signInByKeyboard(page, token);
    await go(address);
    heard.errors.length = 0;
    await steps({ page, url, token, heard, more, go, look, lookInBoth });
    assert.deepEqual([...wrong, ...heard.errors], []);
  } catch (thrown) {
    console.log(String(thrown.message ?? thrown).slice(0, 3000));
    await picture('failed').catch(() => {});
    process.exitCode = 1;
  }
  await browser.close();
}
