import { useMutation, useQuery } from '@tanstack/react-query';
import type { Job, JobProgress, JobState } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

const UNENDED: JobState[] = ['queued', 'running', 'paused', 'parked'];

export const ended = (job: { state: JobState }) => !UNENDED.includes(job.state);

/** With older ones a browser has nothing to do: there may be millions. */
const NEWEST = '5000';

export const useJobs = () => useQuery({ queryKey: ['jobs'], queryFn: () => answer(api.GET('/jobs', { params: { query: { newest: NEWEST }, path: {} } })) });

const of = (job: number) => ({ params: { path: { job } } });

export const useJob = (job: number) => useQuery({ queryKey: ['jobs', job], queryFn: () => answer(api.GET('/jobs/{job}', of(job))) });

export const useLog = (job: number) => useQuery({ queryKey: ['jobs', job, 'log'], queryFn: () => answer(api.GET('/jobs/{job}/log', of(job))) });

/** Only events bring it (live.ts). */
export const useProgress = (job: number) => useQuery<JobProgress | null>({ queryKey: ['jobs', job, 'progress'], queryFn: () => null, enabled: false }).data;

export const useResult = (job: number, wanted: boolean) =>
  useQuery({ queryKey: ['jobs', job, 'result'], queryFn: () => answer(api.GET('/jobs/{job}/result', of(job))), enabled: wanted, retry: false });

/** What can be done with a job; its new state is shown at once. */
export function useJobOrder(order: 'cancel' | 'resume') {
  return useMutation({
    mutationFn: (job: number) => answer(api.POST(`/jobs/{job}/${order}`, of(job))),
    onSuccess: (job: Job) => {
      cache.setQueryData<Job[]>(['jobs'], (jobs) => jobs?.map((one) => (one.id === job.id ? job : one)));
      void cache.invalidateQueries({ queryKey: ['jobs', job.id] });
    },
  });
}
