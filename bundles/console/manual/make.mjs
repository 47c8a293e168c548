// node make.mjs FOLDER: writes the manual as pages for a browser.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addresses, picture, PICTURES, pictures } from './book.mjs';
import { document, page } from './page.mjs';

const [out] = process.argv.slice(2);

function write(name, content) {
  mkdirSync(dirname(join(out, name)), { recursive: true });
  writeFileSync(join(out, name), content);
}

const pages = new Map([...addresses.keys()].map((file) => [file, page(file)]));
const first = [...pages.values()].find(({ address }) => address === 'index.html');
const chapters = [...new Set(first.links.map(([file]) => file))].map((file) => pages.get(file)).filter(Boolean);
for (const one of pages.values()) write(one.address, document(one, chapters));
for (const file of pictures) write(file.slice(dirname(PICTURES).length + 1), picture(file));
copyFileSync(join(import.meta.dirname, 'manual.css'), join(out, 'manual.css'));
copyFileSync(join(import.meta.dirname, '../src/main/web/frame/mark.svg'), join(out, 'mark.svg'));
