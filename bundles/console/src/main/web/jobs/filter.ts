import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { Job, JobState } from '../rest/answers';

/** States that are looked at together; `all` is no filter. */
export const groups: Record<string, JobState[]> = {
  all: [],
  active: ['queued', 'running', 'paused', 'parked'],
  attention: ['warned', 'failed', 'parked'],
  done: ['done'],
};

export interface Filter {
  group: string;
  kind: string;
  client: string;
}

/** The filter stands in the address, so that it can be linked to: `/jobs?show=attention&kind=backup&client=web1`. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const [params, setParams] = useSearchParams();
  const show = params.get('show') ?? 'all';
  const filter = { group: show in groups ? show : 'all', kind: params.get('kind') ?? '', client: params.get('client') ?? '' };
  return [filter, (change) => {
    const next = { ...filter, ...change };
    const wanted = { show: next.group === 'all' ? '' : next.group, kind: next.kind, client: next.client };
    setParams(Object.fromEntries(Object.entries(wanted).filter(([, value]) => value)), { replace: true });
  }];
}

/** What passes, newest first. */
export function useFiltered(jobs: Job[], { group, kind, client }: Filter) {
  return useMemo(() => jobs
    .filter((job) => (group === 'all' || groups[group].includes(job.state)) && (!kind || job.kind === kind) && (!client || job.client === client))
    .reverse(), [jobs, group, kind, client]);
}
