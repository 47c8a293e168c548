import { posix } from 'node:path';
import GithubSlugger from 'github-slugger';
import { Marked } from 'marked';
import { addresses, named, PICTURES, read, target } from './book.mjs';

const WORDS = {
  en: { manual: 'Azekura: the manual', skip: 'Skip to the page', chapters: 'Chapters', here: 'On this page', console: 'To the console' },
  ja: { manual: 'Azekura マニュアル', skip: '本文へ', chapters: '章', here: 'このページの内容', console: 'コンソールへ' },
};

const text = (words) => words.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
const plain = (tokens) => tokens.map((token) => (token.tokens ? plain(token.tokens) : token.type === 'html' ? '' : (token.text ?? token.raw))).join('');
const local = (href) => !/^[a-z]+:/.test(href);

/**
 * One page of the manual from its file.
 *
 * @return address, title, html of the article, headings, anchors, links and pictures: `[file, anchor]` of the checkout that it names
 */
export function page(file) {
  const slugs = new GithubSlugger();
  const found = { file, address: addresses.get(file), language: file.includes('/ja/') ? 'ja' : 'en', title: '', headings: [], anchors: [], links: [], pictures: [] };
  const anchor = (id) => { found.anchors.push(id); return id; };
  const up = '../'.repeat(found.address.split('/').length - 1);
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const name = plain(tokens);
        const id = anchor(slugs.slug(name));
        if (depth === 1) found.title = name;
        if (depth === 2) found.headings.push({ id, name });
        return `<h${depth} id="${id}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      /** A row whose first cell is a code is found by it. */
      tablerow({ text: cells }) {
        const codes = named(cells.match(/^<td[^>]*>(.*?)<\/td>/)?.[1].replace(/<\/?code>/g, '`') ?? '');
        return `<tr>${codes.map((code) => `<a id="${anchor(code)}"></a>`).reduceRight((row, mark) => row.replace(/^<td[^>]*>/, (cell) => cell + mark), cells)}</tr>\n`;
      },
      link({ href, tokens }) {
        const words = this.parser.parseInline(tokens);
        if (!local(href)) return `<a href="${text(href)}" rel="noreferrer">${words}</a>`;
        const [path, id] = href.split('#');
        const to = path ? target(file, path) : file;
        found.links.push([to, id]);
        return addresses.has(to) ? `<a href="${path ? up + addresses.get(to) : ''}${id ? `#${id}` : ''}">${words}</a>` : `${words} (<code>${text(to)}</code>)`;
      },
      /** Wide lines are scrolled, by keyboard too. */
      code({ text: lines }) { return `<pre tabindex="0"><code>${text(lines)}\n</code></pre>\n`; },
      image({ href, text: seen }) {
        const to = target(file, href);
        found.pictures.push(to);
        return `<img src="${up}${posix.relative(posix.dirname(PICTURES), to)}" alt="${text(seen)}">`;
      },
      html({ text: raw }) { return text(raw); },
    },
  });
  const html = marked.parse(read(file));
  return { ...found, html };
}

/** @param chapters pages in the order of the first page's table */
export function document({ language, title, html, headings, address }, chapters) {
  const say = WORDS[language];
  const up = '../'.repeat(address.split('/').length - 1);
  const here = (one) => (one.address === address ? ' aria-current="page"' : '');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${text(title)} · ${say.manual}</title>
<link rel="icon" href="${up}mark.svg">
<link rel="stylesheet" href="${up}manual.css">
</head>
<body>
<a class="skip" href="#page">${say.skip}</a>
<header><a href="${up}index.html">${say.manual}</a> <a href="/">${say.console}</a></header>
<nav aria-label="${say.chapters}"><ul>
${chapters.map((one) => `<li><a href="${up}${one.address}" lang="${one.language}"${here(one)}>${text(one.title)}</a></li>`).join('\n')}
</ul></nav>
<main id="page">
${html.replace(/<\/h1>\n/, `</h1>\n${contents(headings, say)}`)}</main>
</body>
</html>
`;
}

function contents(headings, say) {
  return headings.length < 3 ? '' : `<section class="contents" aria-label="${say.here}"><ul>\n${headings.map(({ id, name }) => `<li><a href="#${id}">${text(name)}</a></li>`).join('\n')}\n</ul></section>\n`;
}
