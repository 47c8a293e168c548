import type { SaveSet, Snapshot } from '../rest/answers';

/** A save set and how well it is protected. */
export interface Protected {
  client: string;
  saveSet: string;
  /** protected: a backup within a week; old: one before that; unprotected: none at all */
  state: 'protected' | 'old' | 'unprotected';
  last: Snapshot | null;
  versions: number;
}

const WEEK_MS = 7 * 86_400_000;

/** Every save set that is kept, and every one that has a snapshot; what needs a look first. */
export function protection(saveSets: SaveSet[], snapshots: Snapshot[], now: number): Protected[] {
  const found = new Map<string, Protected>();
  const at = (client: string, saveSet: string) => {
    const key = `${client}\n${saveSet}`;
    const made = found.get(key) ?? { client, saveSet, state: 'unprotected', last: null, versions: 0 };
    found.set(key, made);
    return made;
  };
  for (const { client, name } of saveSets) at(client, name);
  for (const snapshot of snapshots) {
    const row = at(snapshot.client, snapshot.saveSet);
    row.versions++;
    if (row.last === null || row.last.time < snapshot.time) row.last = snapshot;
    row.state = now - Date.parse(row.last.time) < WEEK_MS ? 'protected' : 'old';
  }
  const order = ['unprotected', 'old', 'protected'];
  return [...found.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || a.client.localeCompare(b.client) || a.saveSet.localeCompare(b.saveSet));
}
