import { useQuery } from '@tanstack/react-query';
import { useJobs } from '../jobs/questions';
import { answer, api } from '../rest/api';
import { mounted, useDisks } from '../rest/disks';
import { usePools, useSaveSets } from '../rest/questions';
import { useSession } from '../rest/session';
import { useUsers } from '../settings/questions';

const STEPS = ['you', 'appliance', 'disks', 'protect', 'recover'] as const;
export type Step = (typeof STEPS)[number];
/** In their order, those that this appliance has, with whether it has each behind it. */
export type Steps = [Step, boolean][];

/** Nothing of this is remembered in the browser: a step that was left out is open still when one comes back. */
export function useSteps(): Steps | null {
  const session = useSession();
  const users = useUsers().data;
  const pools = usePools().data;
  const sets = useSaveSets().data;
  const jobs = useJobs().data;
  const disks = useDisks();
  const clock = useQuery({ queryKey: ['clock'], queryFn: () => answer(api.GET('/clock')) }).data;
  if (!users || !pools || !sets || !jobs || !clock || !disks.isFetched || session === null || session === 'unknown') return null;
  const me = users.find((user) => session.caller.kind === 'user' && user.name === session.caller.name);
  const done = {
    you: me ? me.factor === 'set' : users.some((user) => user.role === 'admin' && !user.once),
    appliance: pools.length > 0 && clock.advice === null,
    // only where the machine makes disk sets, and there is one or something to make one of
    disks: disks.data && (disks.data.sets.length > 0 || disks.data.disks.some(({ hindrance }) => !hindrance)) ? mounted(disks.data.sets).length > 0 : undefined,
    protect: sets.length > 0 && jobs.some((job) => job.kind === 'backup' && ['done', 'warned'].includes(job.state)),
    recover: pools.length > 0 && pools.every((pool) => pool.keyExported !== null),
  };
  return STEPS.flatMap((step): Steps => (done[step] === undefined ? [] : [[step, done[step]]]));
}
