import assert from 'node:assert/strict';
import { unsound } from './pages.mjs';

/** Who can't sign in reads the manual: without a script, in both themes, sound to axe, no page wider than a telephone. */
export async function reads({ page, url, folder, heard }) {
  heard.errors.length = 0;
  const first = await page.goto(`${url}/manual`);
  assert.ok(!first.headers()['content-security-policy'].includes('script-src'));
  const wrong = [];
  const chapters = await page.locator('nav a').evaluateAll((links) => links.map((link) => link.href));
  for (const address of chapters) {
    await page.goto(address);
    const broken = await page.evaluate(() => [...document.images].filter((image) => image.complete && !image.naturalWidth).map((image) => image.src));
    wrong.push(...broken);
    await page.setViewportSize({ width: 390, height: 844 });
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong.push(`${address} is wider than a telephone`);
    await page.setViewportSize({ width: 1280, height: 900 });
  }
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme });
    for (const address of chapters.filter((one) => /trouble|console/.test(one))) {
      await page.goto(address);
      wrong.push(...(await unsound(page, `${address} ${colorScheme}`)));
    }
    await page.screenshot({ path: `${folder}/manual-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: null });
  assert.deepEqual([...wrong, ...heard.errors], []);
  return { chapters: chapters.length };
}
