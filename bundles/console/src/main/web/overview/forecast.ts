import type { Pool, Snapshot } from '../rest/answers';

const DAY_MS = 86_400_000;
const LOOKED_AT_DAYS = 30;
const LEAST_DAYS = 3;

/** When a pool is full if it grows as its backups of the last 30 days have made it grow; null if there is too little to tell, or no growth. */
export function fullOn({ name, used, capacity }: Pool, snapshots: Snapshot[], now: number): Date | null {
  const recent = snapshots.filter((snapshot) => snapshot.pool === name && now - Date.parse(snapshot.time) < LOOKED_AT_DAYS * DAY_MS);
  const days = (now - Math.min(...recent.map((snapshot) => Date.parse(snapshot.time)))) / DAY_MS;
  const stored = recent.reduce((sum, snapshot) => sum + snapshot.stored, 0);
  if (capacity <= 0 || stored <= 0 || !(days >= LEAST_DAYS)) return null;
  const left = Math.max(0, capacity - used) / (stored / days);
  return left < 365 * 20 ? new Date(now + left * DAY_MS) : null;
}
