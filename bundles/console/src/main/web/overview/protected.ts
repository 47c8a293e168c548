import type { Policy, SaveSet, Snapshot } from '../rest/answers';

/** A save set and how well it is protected. */
export interface Protected {
  client: string;
  saveSet: string;
  /** protected: the last backup is as new as its policies want it; late: it is not; old: without a schedule, none within a week; unprotected: none at all */
  state: 'protected' | 'late' | 'old' | 'unprotected';
  last: Snapshot | null;
}

const DAY_MS = 86_400_000;
const ORDER: Protected['state'][] = ['unprotected', 'late', 'old', 'protected'];

/** How old the last backup may be: twice the longest time between the coming runs, a day at least. Null: nothing runs by itself. */
function patience(policies: Policy[]): number | null {
  const spans = policies.filter((policy) => policy.next.length > 1).map(({ next }) => Math.max(...next.slice(1).map((time, at) => Date.parse(time) - Date.parse(next[at]))));
  return spans.length > 0 ? Math.max(DAY_MS, 2 * Math.min(...spans)) : null;
}

/** Every save set that is kept, and every one that has a snapshot; what needs a look first. */
export function protection(saveSets: SaveSet[], snapshots: Snapshot[], policies: Policy[], now: number): Protected[] {
  const found = new Map<string, Protected>();
  const at = (client: string, saveSet: string) => {
    const key = `${client}\n${saveSet}`;
    const made = found.get(key) ?? { client, saveSet, state: 'unprotected', last: null };
    found.set(key, made);
    return made;
  };
  for (const { client, name } of saveSets) at(client, name);
  for (const snapshot of snapshots) {
    const row = at(snapshot.client, snapshot.saveSet);
    if (row.last === null || row.last.time < snapshot.time) row.last = snapshot;
  }
  for (const row of found.values()) {
    if (row.last === null) continue;
    const its = policies.filter((policy) => policy.enabled && policy.saveSets.some((set) => set.client === row.client && set.name === row.saveSet));
    const span = patience(its);
    row.state = now - Date.parse(row.last.time) < (span ?? 7 * DAY_MS) ? 'protected' : span === null ? 'old' : 'late';
  }
  return [...found.values()].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.client.localeCompare(b.client) || a.saveSet.localeCompare(b.saveSet));
}
