import { cache } from '../rest/cache';
import { call } from '../rest/call';
import { keepText } from '../rest/keep';

/** What opens a pool, as a text. @param passphrase closes it; empty: whoever has the text has the key @param sheet only the lines for a page of paper */
export async function recovery(pool: string, { passphrase, sheet = false }: { passphrase: string; sheet?: boolean }): Promise<string> {
  const answer = await call(new Request(`/api/v1/pools/${encodeURIComponent(pool)}/recovery`, {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...(passphrase && { passphrase }), sheet }),
  }));
  ['pools', 'status'].forEach((list) => void cache.invalidateQueries({ queryKey: [list] }));
  return answer.text();
}

/** The recovery file goes into a file of the browser without being shown. */
export async function saveRecovery(pool: string, passphrase: string) {
  keepText(`azekura-recovery-${pool}.txt`, await recovery(pool, { passphrase }), 'text/plain');
}
