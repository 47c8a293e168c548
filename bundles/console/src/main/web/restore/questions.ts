import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { RestoreResult } from '../rest/answers';
import { answer, api } from '../rest/api';

/** So many rows come at a time. */
const PAGE = 200;
/** More names than somebody reads through. */
export const FOUND_MOST = 500;
const ENDED = new Set(['done', 'warned', 'failed', 'cancelled']);

export const useSnapshots = () => useQuery({ queryKey: ['snapshots'], queryFn: () => answer(api.GET('/snapshots')) });

export const useSnapshot = (id: string) =>
  useQuery({ queryKey: ['snapshots', id], queryFn: () => answer(api.GET('/snapshots/{id}', { params: { path: { id } } })) });

export const useEntries = (id: string, path: string) => useInfiniteQuery({
  queryKey: ['snapshots', id, 'entries', path],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => answer(api.GET('/snapshots/{id}/entries', { params: { path: { id }, query: { path, after: pageParam, limit: PAGE } } })),
  getNextPageParam: (page) => page.next ?? undefined,
  staleTime: Infinity,
});

export const useDifferences = (id: string, to: string) => useInfiniteQuery({
  queryKey: ['snapshots', id, 'differences', to],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => answer(api.GET('/snapshots/{id}/differences', { params: { path: { id }, query: { to, after: pageParam, limit: PAGE } } })),
  getNextPageParam: (page) => page.next ?? undefined,
  staleTime: Infinity,
});

export const useWhere = (id: string, path: string) =>
  useQuery({ queryKey: ['snapshots', id, 'where', path], queryFn: () => answer(api.GET('/snapshots/{id}/where', { params: { path: { id }, query: { path } } })) });

export const useSearch = (name: string, client: string | undefined, ignoreCase: boolean) => useQuery({
  queryKey: ['search', name, client ?? '', ignoreCase],
  queryFn: () => answer(api.GET('/search', { params: { query: { name, client, ignoreCase, limit: FOUND_MOST } } })),
  enabled: name !== '',
});

export const useClients = () => useQuery({ queryKey: ['clients'], queryFn: () => answer(api.GET('/clients')) });

/** A job as it goes on; events bring what changes. */
export const useJob = (id: number | undefined) => useQuery({
  queryKey: ['jobs', id],
  queryFn: () => answer(api.GET('/jobs/{id}', { params: { path: { id: id! } } })),
  enabled: id !== undefined,
});

/** What came out of a restore; asked for when its job has ended. */
export function useRestored(id: number | undefined) {
  const job = useJob(id);
  const ended = job.data !== undefined && ENDED.has(job.data.state);
  const result = useQuery({
    queryKey: ['jobs', id, 'result'],
    queryFn: async () => (await answer(api.GET('/jobs/{id}/result', { params: { path: { id: id! } } }))) as unknown as RestoreResult,
    enabled: ended && (job.data?.state === 'done' || job.data?.state === 'warned'),
    staleTime: Infinity,
  });
  return { job, ended, result };
}
