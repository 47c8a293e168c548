import postcss from 'postcss';

/** Classes that PatternFly puts together from parts, so that no code names them. */
const COMPOSED = /(__((link-|item-)?text|item-icon|header|title|omission|body|toggle|list)|-help|-search-input|c-content--\w+)$/;
/** Themes that the console does not offer. */
const OTHER_THEMES = /theme-(felt|glass|high-contrast)/;

/** What stands between brackets that match, from where the first one is. */
function bracketed(text: string, open: number): string {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    if (text[at] === ')' && --depth === 0) return text.slice(open + 1, at);
  }
  return text.slice(open + 1);
}

/** Whether a selector can meet an element: all of its classes are worn, of those within :is() and :where() one of the alternatives; what :not() says is no condition. */
function meets(selector: string, worn: (name: string) => boolean): boolean {
  const group = /:(is|where|not|has)\(/.exec(selector);
  if (!group) return (selector.match(/\.(-?[a-z_][\w-]*)/gi) ?? []).every((name) => worn(name.slice(1)));
  const inside = bracketed(selector, group.index + group[0].length - 1);
  const rest = selector.slice(0, group.index) + selector.slice(group.index + group[0].length + inside.length + 1);
  return (group[1] === 'not' || postcss.list.comma(inside).some((one) => meets(one, worn))) && meets(rest, worn);
}

/** Styles without the rules that meet nothing, and without variables that nothing asks for. @param words of all scripts @param named variables that scripts begin to name */
export function unused(css: string, words: Set<string>, named: string[]): string {
  const root = postcss.parse(css);
  const worn = (name: string) => !name.startsWith('pf-') || (!OTHER_THEMES.test(name) && (words.has(name) || COMPOSED.test(name)));
  root.walkRules((rule) => {
    if (rule.parent?.type === 'atrule' && /keyframes$/.test((rule.parent as postcss.AtRule).name)) return;
    const met = rule.selectors.filter((selector) => meets(selector, worn));
    if (met.length === 0) rule.remove();
    else if (met.length < rule.selectors.length) rule.selectors = met;
  });
  for (let left = -1, now = 0; left !== now;) {
    left = now;
    const asked = new Set(root.toString().match(/(?<=var\(\s*)--[\w-]+/g));
    root.walkDecls(/^--/, (decl) => { if (!asked.has(decl.prop) && !named.some((begin) => decl.prop.startsWith(begin))) { decl.remove(); now++; } });
  }
  for (let again = true; again;) {
    again = false;
    root.walk((node) => { if ('nodes' in node && node.nodes?.length === 0) { node.remove(); again = true; } });
  }
  return root.toString();
}
