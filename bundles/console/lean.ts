import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unused } from './unused.ts';
import type { Plugin } from 'vite';

interface Made { fileName: string; code?: string; source?: string | Uint8Array }

const classes = (css: string) => [...new Set(css.match(/(?<=\.)pf-[\w-]+/g))];
const words = (code: string) => code.match(/[\w-]+/g) ?? [];

/** The second drawing of each icon, which is for a theme that the console does not offer. */
function oneDrawing(): Plugin {
  return {
    name: 'one-drawing',
    transform(code, id) {
      return id.includes('/react-icons/dist/esm/icons/') ? { code: code.replace(/^ {2}rhUiIcon: \{.*\},$/m, '  rhUiIcon: null,'), map: null } : undefined;
    },
  };
}

/**
 * PatternFly's lists of a component's classes, without those that no code asks for. What modifies one is often asked for by parts of its name and stays,
 * but for what is meant for a width of the window that the pages name nowhere.
 */
function classesInUse(): Plugin {
  const CLASS = /^\s*"(\w+)": "pf-([\w-]+)",?\n/gm;
  return {
    name: 'classes-in-use',
    apply: 'build',
    renderChunk(code, _, __, { chunks }) {
      if (code.search(CLASS) < 0) return null;
      const modules = Object.values(chunks).flatMap((chunk) => Object.entries(chunk.modules));
      const used = new Set(modules.flatMap(([id, { code: text }]) => (/react-styles|react-tokens/.test(id) ? [] : words(text ?? ''))));
      const own = modules.flatMap(([id, { code: text }]) => (id.includes('node_modules') ? [] : [text])).join('\n');
      const asked = (key: string, name: string) => {
        const [, width] = /On(Sm|Md|Lg|Xl|2xl)$/.exec(key) ?? [];
        if (!name.startsWith('m-')) return used.has(key);
        return !width || new RegExp(`\\b"?${width.toLowerCase()}"?:`).test(own);
      };
      return { code: code.replace(CLASS, (line, key: string, name: string) => (asked(key, name) ? line : '')), map: null };
    },
  };
}

/** Rules of classes that are in no script are left out of the styles, and what only they show. Which classes were is kept for the browser's tests: a page that wears one was understood wrongly here. */
function stylesInUse(): Plugin {
  return {
    name: 'styles-in-use',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      const files = Object.values(bundle) as Made[];
      const raw = files.map((file) => file.code ?? (file.fileName.endsWith('.html') ? String(file.source) : '')).join('\n');
      const named = [...new Set(raw.match(/--pf-[\w-]*/g))];
      for (const style of files.filter((file) => file.fileName.endsWith('.css'))) {
        const css = unused(String(style.source), new Set(words(raw)), named);
        const left = new Set(classes(css));
        writeFileSync(join(import.meta.dirname, 'target/dropped-classes.json'), JSON.stringify(classes(String(style.source)).filter((one) => !left.has(one))));
        style.source = shortVariables(css, named);
        rename(style, files);
      }
      const shown = files.map((file) => file.code ?? (/\.(html|css)$/.test(file.fileName) ? String(file.source) : '')).join('\n');
      for (const { fileName } of files) if (/\.(svg|woff2)$/.test(fileName) && !shown.includes(fileName.split('/').pop()!)) delete bundle[fileName];
    },
  };
}

/** Names of variables are half of PatternFly's styles. Those that a script names, or begins to name, stay. */
function shortVariables(css: string, named: string[]): string {
  const short = new Map<string, string>();
  return css.replace(/--pf-[\w-]+/g, (name) => {
    if (named.some((begin) => name.startsWith(begin))) return name;
    if (!short.has(name)) short.set(name, `--${short.size.toString(36)}`);
    return short.get(name)!;
  });
}

/** Browsers keep a file for good by its name: it tells what is left in it. */
function rename(style: Made, files: Made[]) {
  const before = style.fileName;
  style.fileName = before.replace(/-[\w-]{8}\.css$/, `-${createHash('sha256').update(String(style.source)).digest('hex').slice(0, 8)}.css`);
  for (const file of files) {
    if (file.code) file.code = file.code.replaceAll(before, style.fileName);
    else if (file.fileName.endsWith('.html')) file.source = String(file.source).replaceAll(before, style.fileName);
  }
}

/** Leaves out what is sent with PatternFly and never shown. */
export const lean = (): Plugin[] => [oneDrawing(), classesInUse(), stylesInUse()];
