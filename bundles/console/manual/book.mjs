import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

const checkout = join(import.meta.dirname, '../../..');
const folder = 'docs/manual';
export const PICTURES = `${folder}/pictures`;

/** Beside the folder of the manual: what its pages send their readers to. */
const BESIDE = {
  'docs/disaster.md': 'machine-gone.html',
  'docs/tape-library.md': 'tape-library.html',
  'docs/rest.md': 'rest.html',
  'docs/simulator.md': 'simulator.html',
  'drivers/README.md': 'drivers.html',
  'drivers/s3/README.md': 'drivers-s3.html',
  'drivers/sftp/README.md': 'drivers-sftp.html',
  'drivers/tape/README.md': 'drivers-tape.html',
  'drivers/ups/README.md': 'drivers-ups.html',
  'drivers/serialchanger/README.md': 'drivers-serialchanger.html',
};

const list = (path) => readdirSync(join(checkout, path), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => relative(checkout, join(entry.parentPath, entry.name))).sort();

/** All pages of the manual: file of the checkout → address below /manual/. The first page is index.html. */
export const addresses = new Map([
  ...list(folder).filter((file) => file.endsWith('.md')).map((file) => [file, file.slice(folder.length + 1).replace(/^README\.md$/, 'index.md').replace(/md$/, 'html')]),
  ...Object.entries(BESIDE),
]);

export const pictures = list(PICTURES);

export const read = (file) => readFileSync(join(checkout, file), 'utf8');
export const picture = (file) => readFileSync(join(checkout, file));

/** The file that a link in a page names, as a path of the checkout. */
export const target = (from, href) => posix.normalize(posix.join(posix.dirname(from), href));

/** The codes that the page of troubles explains: each is the first cell of a row, and its anchor. */
export const codes = () => [...read(`${folder}/trouble.md`).matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell]) => named(cell));

/** `a.b`, `c.d.eF` → a.b, c.d.eF */
export const named = (cell) => [...cell.matchAll(/`([a-z]+(?:\.[a-zA-Z-]+)+)`/g)].map(([, code]) => code);
