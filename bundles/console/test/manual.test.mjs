import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { addresses, codes, PICTURES, pictures } from '../manual/book.mjs';
import { page } from '../manual/page.mjs';

const checkout = join(import.meta.dirname, '../../..');
const web = join(import.meta.dirname, '../src/main/web');
const PICTURE_MOST = 80_000;

const pages = new Map([...addresses.keys()].map((file) => [file, page(file)]));
const anchors = new Map([...pages.values()].map(({ address, anchors: all }) => [address, new Set(all)]));
const read = (name) => readFileSync(join(web, name), 'utf8');

test('every link of the manual leads somewhere', () => {
  const lost = [];
  for (const { file, links } of pages.values()) {
    for (const [to, id] of links) {
      if (!existsSync(join(checkout, to)) || (id && pages.has(to) && !pages.get(to).anchors.includes(id))) lost.push(`${file}: ${to}${id ? `#${id}` : ''}`);
    }
  }
  assert.deepEqual(lost, []);
});

test('every page has a title, and is reached from the first', () => {
  const reached = new Set(['docs/manual/README.md']);
  for (const file of reached) pages.get(file)?.links.forEach(([to]) => reached.add(to));
  assert.deepEqual([...pages].filter(([file, { title }]) => !title || !reached.has(file)).map(([file]) => file), []);
});

test('every picture that is named is there, small, and none is left over', () => {
  assert.deepEqual([...new Set([...pages.values()].flatMap((one) => one.pictures))].sort(), pictures);
  for (const file of pictures) {
    assert.match(file, /\.webp$/);
    assert.ok(statSync(join(checkout, file)).size <= PICTURE_MOST, `${file} is larger than ${PICTURE_MOST} bytes`);
  }
});

test('each page of the console has its place in the manual', () => {
  const sections = Object.fromEntries([...read('frame/help.ts').matchAll(/^ {2}'?([a-z/]+)'?: '([^']+)',$/gm)].map(([, key, place]) => [key, place]));
  const names = [...read('frame/pages.ts').matchAll(/{ name: '(\w+)'/g)].map(([, name]) => name);
  assert.ok(names.length >= 9, 'pages are found');
  assert.deepEqual(names.filter((name) => !sections[name]), [], 'pages without a place');
  const lost = Object.entries(sections).filter(([key, place]) => {
    const [address, id] = place.split('#');
    return !existsSync(join(web, key.split('/')[0])) || !anchors.has(address) || (id && !anchors.get(address).has(id));
  });
  assert.deepEqual(lost, []);
});

test('each code that is explained is one of the program, and is explained once', () => {
  const explained = codes();
  assert.ok(explained.length > 50, `${explained.length} codes`);
  assert.deepEqual(explained.filter((code, at) => explained.indexOf(code) !== at), []);
  explained.forEach((code) => assert.ok(anchors.get('trouble.html').has(code), code));
  for (const code of ['device.budget.spent', 'setting.hostKey']) assert.ok(explained.includes(code), `${code}: of any form`);
  const sources = ['core', 'bundles', 'drivers'].flatMap((room) => readdirSync(join(checkout, room)).map((name) => join(checkout, room, name, 'src/main/java')))
    .filter(existsSync).flatMap((folder) => readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.java')).map((name) => readFileSync(join(folder, name), 'utf8'))).join('\n');
  // those of a catalog's store are put together from `catalog.` and a word
  const told = (code) => sources.includes(`"${code}"`) || sources.includes(`failure("${code.replace(/^catalog\./, '')}"`);
  assert.deepEqual(explained.filter((code) => !told(code)), []);
});
