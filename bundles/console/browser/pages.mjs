import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { choose, go, PAGES, settled } from './console.mjs';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [390, 820, 1280, 1920];
const KEPT = [390, 1280];

/** Each page in both languages and themes: named, sound to axe, without an error; kept as pictures. */
export async function everyPage({ page, url, heard, folder }) {
  const wrong = [];
  let combinations = 0;
  heard.errors.length = 0;
  for (const language of ['en', 'ja']) {
    await choose(page, 'language', language);
    for (const theme of ['light', 'dark']) {
      // colours and texts are each looked at once in both their forms; in the slow stage each text in each colour, too
      const thorough = (language === 'en') === (theme === 'light');
      if (!thorough && process.env.AZEKURA_SLOW === 'false') continue;
      combinations++;
      await choose(page, 'theme', theme);
      for (const name of PAGES) {
        await go(page, name);
        // axe takes longer than all else
        wrong.push(...(await looked(page, `${name} ${language} ${theme}`)), ...(thorough ? await unsound(page, `${name} ${language} ${theme}`) : []));
        // kept are a telephone's and a desk's; that nothing is too wide is looked for at each
        wrong.push(...(await pictures(page, `${folder}/${name}-${language}-${theme}`, thorough ? WIDTHS : [1280])));
      }
    }
  }
  await choose(page, 'language', 'en');
  await choose(page, 'theme', 'light');
  // this machine runs from no image
  await page.goto(`${url}/settings/disks`);
  await page.getByText('This appliance does not run from an image').waitFor();
  wrong.push(...(await looked(page, 'no disks')), ...(await unsound(page, 'no disks')));
  assert.deepEqual([...wrong, ...heard.errors], []);
  return { looked: PAGES.length * combinations };
}

const DROPPED = JSON.parse(readFileSync(join(import.meta.dirname, '../target/dropped-classes.json'), 'utf8'));

export async function looked(page, what) {
  const headings = await page.locator('h1').allTextContents();
  const title = await page.title();
  const wrong = [];
  if (headings.length !== 1 || !title.startsWith(headings[0])) wrong.push(`${what}: title "${title}", headings ${headings.join(', ')}`);
  if ((await page.locator('nav').count()) !== 1) wrong.push(`${what}: not one nav`);
  const bare = await page.evaluate((dropped) => dropped.filter((one) => document.getElementsByClassName(one).length > 0), DROPPED);
  if (bare.length > 0) wrong.push(`${what}: these classes are worn and their rules were left out by lean.ts: ${bare}`);
  const text = await page.locator('body').innerText();
  if (/\b[a-z]+\.[a-z]+[A-Z]\w*\b|{{|undefined|NaN/.test(text)) wrong.push(`${what}: "${text.match(/.*(?:\b[a-z]+\.[a-z]+[A-Z]\w*\b|{{|undefined|NaN).*/)[0]}"`);
  return wrong;
}

export async function unsound(page, what) {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.map(({ id, help, nodes }) => `${what}: ${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

/** @return where a page is wider than its window */
async function pictures(page, name, widths) {
  const wide = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: width < 500 ? 844 : width < 1900 ? 900 : 1080 });
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity));
    // a busy machine draws the new width some frames later
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    if (await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) wide.push(`${name} is wider than ${width}`);
    wide.push(...(await page.evaluate(() => [...document.querySelectorAll('#main table')].filter((table) => table.scrollWidth > table.parentElement.clientWidth + 1).map((table) => table.getAttribute('aria-label')))).map((table) => `${name}: the table ${table} is cut at ${width}`));
    if (KEPT.includes(width)) await page.screenshot({ path: `${name}-${width}.png`, fullPage: width < 500 });
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await settled(page);
  return wide;
}
