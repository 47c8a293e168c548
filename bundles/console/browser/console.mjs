import assert from 'node:assert/strict';

/* What a person does on every page, by the keyboard where it says so. */

export const PAGES = ['overview', 'clients', 'protection', 'jobs', 'restore', 'media', 'drivers', 'proof', 'settings'];

/** Presses Tab until what is asked for has the focus. @return how often */
export async function tabTo(page, target, most = 80) {
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement))) return pressed;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not reached by the Tab key`);
}

/** Goes to what is asked for by the Tab key, and takes it. */
export async function enter(page, target) {
  await target.waitFor();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Chooses of a list that is closed, by the arrow keys alone. */
export async function pick(page, list, value) {
  await tabTo(page, list);
  await page.keyboard.press('Home');
  for (let pressed = 0; pressed < 20 && (await list.inputValue()) !== value; pressed++) await page.keyboard.press('ArrowDown');
  assert.equal(await list.inputValue(), value);
}

export async function signInByKeyboard(page, token) {
  await page.getByRole('tab').first().waitFor();
  await tabTo(page, page.getByRole('tab').nth(1));
  await page.keyboard.press('Enter');
  await page.locator('#token').waitFor();
  await tabTo(page, page.locator('#token'));
  await page.keyboard.type(token);
  await page.keyboard.press('Enter');
  await page.locator('#main h1').waitFor();
}

/** Waits until a page says what it is and loads no more. */
export async function settled(page) {
  await page.locator('#main h1').waitFor();
  await page.waitForFunction(() => !document.querySelector('.az-loading, [role=progressbar][aria-label]:not([aria-valuenow])'));
}

export async function go(page, name) {
  await page.locator(`nav a[href="/${name}"]`).click();
  await page.waitForFunction((wanted) => location.pathname === `/${wanted}` && document.querySelector('nav a[aria-current=page]')?.getAttribute('href') === `/${wanted}`, name);
  await settled(page);
}

/** One of the choices of the masthead. @param menu 'language' or 'theme' */
export async function choose(page, menu, choice) {
  await page.locator(`#choose-${menu}`).click();
  await page.locator(`#choose-${menu}-${choice}`).click();
  const [attribute, is] = menu === 'language' ? ['lang', choice] : ['class', choice === 'dark' ? 'pf-v6-theme-dark' : ''];
  await page.waitForFunction(([name, wanted]) => (document.documentElement.getAttribute(name) ?? '') === wanted, [attribute, is]);
}
