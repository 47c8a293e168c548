import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import ts from 'typescript';

const web = join(import.meta.dirname, '../src/main/web');
const files = readdirSync(web, { recursive: true }).map(String).sort();

/** Attributes that a person reads or hears. */
const SAID = new Set(['title', 'label', 'alt', 'placeholder', 'aria-label', 'titleText', 'loginTitle', 'loginSubtitle', 'ariaLabel', 'toggleAriaLabel', 'helperText']);

function keys(texts, before = '') {
  return Object.entries(texts).flatMap(([key, text]) => (typeof text === 'string' ? [`${before}${key}`] : keys(text, `${before}${key}.`)));
}

/** Plural forms that a language does not have are one key. */
const singular = (key) => key.replace(/_(one|other|zero|two|few|many)$/, '');

function read(name) {
  return JSON.parse(readFileSync(join(web, name), 'utf8'));
}

test('each page has the same texts in both languages', () => {
  const english = files.filter((name) => name.endsWith('.en.json'));
  assert.ok(english.length > 8, 'texts are found');
  for (const name of english) {
    const japanese = name.replace('.en.json', '.ja.json');
    assert.deepEqual([...new Set(keys(read(japanese)).map(singular))].sort(), [...new Set(keys(read(name)).map(singular))].sort(), japanese);
  }
});

test('each text has the same holes in both languages, and none is empty', () => {
  const holes = (text) => [...new Set(text.match(/{{\w+|<\/?\w+>/g) ?? [])].sort();
  for (const name of files.filter((one) => one.endsWith('.en.json'))) {
    const [english, japanese] = [read(name), read(name.replace('.en.json', '.ja.json'))];
    const at = (texts, key) => key.split('.').reduce((found, part) => found?.[part], texts);
    for (const key of keys(english)) {
      const other = at(japanese, key) ?? at(japanese, key.replace(/_one$/, '_other'));
      assert.ok(at(english, key).trim() && other?.trim(), `${name}: ${key} is empty`);
      if (!key.endsWith('_one')) assert.deepEqual(holes(other), holes(at(english, key)), `${name}: ${key}`);
    }
  }
});

test('each kind of job has a word', () => {
  const source = readFileSync(join(web, '../../../../../core/api/src/main/java/org/azekura/api/catalog/Job.java'), 'utf8');
  const kinds = source.match(/enum Kind {([^;]+);/)[1].replace(/\/\*\*.*?\*\//gs, '').match(/[A-Z]+/g).map((kind) => kind.toLowerCase());
  assert.deepEqual(Object.keys(read('jobs/jobs.en.json').kind).sort(), kinds.sort());
});

test('each alert has a text in Japanese, below a name that is no text itself', () => {
  const list = readFileSync(join(web, '../../../../../docs/rest.md'), 'utf8').match(/Codes of alerts: ([^]+?)\. An alert/)[1];
  assert.deepEqual(keys(read('alerts/alerts.ja.json')).sort(), [...list.matchAll(/`([\w.]+)`/g)].map(([, code]) => code).sort());
});

test('each name in a result has a word', () => {
  const source = readFileSync(join(web, '../../../../rest/src/main/java/org/azekura/rest/job/ResultView.java'), 'utf8').replace(/@JsonInclude\([^)]*\)/g, '');
  const names = [...source.matchAll(/record \w+\(([^{]*?)\)\s*(?:implements \w+ )?{/g)].flatMap(([, all]) => [...all.matchAll(/(\w+)\s*(?:,|$)/g)].map(([, name]) => name));
  assert.ok(names.includes('damaged'), 'names are found');
  // neither text, number nor list: the page does not show them
  const known = new Set([...Object.keys(read('jobs/jobs.en.json').results), 'dryRun', 'sample', 'times']);
  assert.deepEqual(names.filter((name) => !known.has(name)), []);
});

test('no text for people is written in code', () => {
  const found = [];
  for (const name of files.filter((one) => one.endsWith('.tsx'))) {
    const source = ts.createSourceFile(name, readFileSync(join(web, name), 'utf8'), ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
    const report = (node) => found.push(`${name}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}: ${node.getText().trim()}`);
    const visit = (node) => {
      if (ts.isJsxText(node) && /\p{L}{2}/u.test(node.text)) report(node);
      if (ts.isJsxAttribute(node) && SAID.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) && /\p{L}/u.test(node.initializer.text)) report(node);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  assert.deepEqual(found, []);
});

test('every text that code names is there', () => {
  const missing = [];
  for (const name of files.filter((one) => one.endsWith('.tsx'))) {
    const code = readFileSync(join(web, name), 'utf8');
    const space = code.match(/useTranslation\(\[?'(\w+)'/)?.[1];
    if (!space) continue;
    const known = new Set(keys(read(`${space}/${space}.en.json`)).map(singular));
    for (const [, key] of code.matchAll(/\bt\('([\w.-]+)'/g)) {
      if (!known.has(key)) missing.push(`${name}: ${space}:${key}`);
    }
  }
  assert.deepEqual(missing, []);
});

test('no file of the pages is longer than 150 lines', () => {
  const long = files.filter((name) => /\.tsx?$/.test(name)).filter((name) => readFileSync(join(web, name), 'utf8').split('\n').length > 151);
  assert.deepEqual(long, []);
});

test('what a drill finds is told in the words that the console knows', () => {
  const drill = join(import.meta.dirname, '../../../core/client/src/main/java/org/azekura/client/drill');
  const source = readdirSync(drill).map((name) => readFileSync(join(drill, name), 'utf8')).join('\n');
  for (const sentence of Object.keys(read('found/found.ja.json').sentences)) {
    for (const words of sentence.split(/\([^)]*\)/).map((part) => part.trim()).filter((part) => /\w/.test(part))) assert.ok(source.includes(words), `"${words}" is told by no drill`);
  }
});
