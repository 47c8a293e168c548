import type { Life } from '../rest/answers';

/** Snapshots that a rule keeps on a day; times in milliseconds. */
export interface KeptBy {
  rule: string;
  made: number[];
}

const ORDER = ['last', 'within', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** What lives at a moment, by the rules that want it then; what no rule has a say in lives by none, which is called `all`. */
export function alive(lives: Life[], at: number): KeptBy[] {
  const rows = new Map<string, number[]>();
  for (const { made, expired, spells } of lives) {
    const born = Date.parse(made);
    if (born > at || (expired !== null && Date.parse(expired) <= at)) continue;
    const wanted = spells.filter(({ from, until }) => Date.parse(from) <= at && (until === null || Date.parse(until) > at)).map(({ rule }) => rule);
    for (const rule of wanted.length > 0 ? wanted : ['all']) rows.set(rule, [...(rows.get(rule) ?? []), born]);
  }
  return [...rows].map(([rule, made]) => ({ rule, made })).sort((a, b) => ORDER.indexOf(a.rule) - ORDER.indexOf(b.rule));
}
