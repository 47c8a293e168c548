import { useQuery } from '@tanstack/react-query';
import { useJobs } from '../jobs/questions';
import { answer, api } from '../rest/api';
import { usePools, useSaveSets } from '../rest/questions';
import { useSession } from '../rest/session';
import { useUsers } from '../settings/questions';

export const STEPS = ['you', 'appliance', 'protect', 'recover'] as const;
export type Step = (typeof STEPS)[number];

/** Which steps the appliance has behind it. Nothing of this is remembered in the browser: a step that was left out is open still when one comes back. */
export function useSteps(): Record<Step, boolean> | null {
  const session = useSession();
  const users = useUsers().data;
  const pools = usePools().data;
  const sets = useSaveSets().data;
  const jobs = useJobs().data;
  const clock = useQuery({ queryKey: ['clock'], queryFn: () => answer(api.GET('/clock')) }).data;
  if (!users || !pools || !sets || !jobs || !clock || session === null || session === 'unknown') return null;
  const me = users.find((user) => session.caller.kind === 'user' && user.name === session.caller.name);
  return {
    you: me ? me.factor === 'set' : users.some((user) => user.role === 'admin' && !user.once),
    appliance: pools.length > 0 && clock.advice === null,
    protect: sets.length > 0 && jobs.some((job) => job.kind === 'backup' && ['done', 'warned'].includes(job.state)),
    recover: pools.length > 0 && pools.every((pool) => pool.keyExported !== null),
  };
}
