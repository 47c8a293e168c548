import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ended } from '../jobs/questions';
import type { RestoreResult } from '../rest/answers';
import { answer, api } from '../rest/api';

/** So many rows come at a time. */
const PAGE = 200;
/** More names than somebody reads through. */
const FOUND_MOST = 500;

export const useSnapshot = (id: string) =>
  useQuery({ queryKey: ['snapshots', id], queryFn: () => answer(api.GET('/snapshots/{id}', { params: { path: { id } } })) });

export const useEntries = (id: string, path: string) => useInfiniteQuery({
  queryKey: ['tree', id, path],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => answer(api.GET('/snapshots/{id}/entries', { params: { path: { id }, query: { path, after: pageParam, limit: PAGE } } })),
  getNextPageParam: (page) => page.next ?? undefined,
  staleTime: Infinity,
});

export const useDifferences = (id: string, to: string) => useInfiniteQuery({
  queryKey: ['differences', id, to],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam }) => answer(api.GET('/snapshots/{id}/differences', { params: { path: { id }, query: { to, after: pageParam, limit: PAGE } } })),
  getNextPageParam: (page) => page.next ?? undefined,
  staleTime: Infinity,
});

export const useWhere = (id: string, path: string) =>
  useQuery({ queryKey: ['where', id, path], queryFn: () => answer(api.GET('/snapshots/{id}/where', { params: { path: { id }, query: { path } } })) });

export const useSearch = (name: string, client: string | undefined, ignoreCase: boolean) => useQuery({
  queryKey: ['search', name, client ?? '', ignoreCase],
  queryFn: () => answer(api.GET('/search', { params: { query: { name, client, ignoreCase, limit: FOUND_MOST } } })),
  enabled: name !== '',
});

/** What came out of a restore; asked for when its job has ended. */
export function useRestored(id: number | undefined) {
  const job = useQuery({ queryKey: ['jobs', id], queryFn: () => answer(api.GET('/jobs/{job}', { params: { path: { job: id! } } })), enabled: id !== undefined });
  const over = job.data !== undefined && ended(job.data);
  const result = useQuery({
    queryKey: ['jobs', id, 'result'],
    queryFn: async () => (await answer(api.GET('/jobs/{job}/result', { params: { path: { job: id! } } }))) as unknown as RestoreResult,
    enabled: over && (job.data?.state === 'done' || job.data?.state === 'warned'),
    staleTime: Infinity,
  });
  return { job, ended: over, result };
}
