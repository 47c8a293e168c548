import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JobOrder } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** A library is asked where things are at most so often while jobs tell of themselves. */
const AGAIN_MS = 1_500;

export const useLibrary = (name: string, node: string) => useQuery({
  queryKey: ['libraries', node, name],
  queryFn: () => answer(api.GET('/libraries/{name}', { params: { path: { name }, query: { node } } })),
});

/** What jobs tell of themselves is a reason to look again where cartridges are: no event tells of a robot. */
export function useNewsOfRobots() {
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const stop = cache.getQueryCache().subscribe(({ type, query }) => {
      if (type !== 'updated' || query.queryKey[0] !== 'jobs' || waiting) return;
      waiting = setTimeout(() => {
        waiting = undefined;
        void cache.invalidateQueries({ queryKey: ['libraries'] });
      }, AGAIN_MS);
    });
    return () => { stop(); clearTimeout(waiting); };
  }, []);
}

export const useVolume = (name: string) => useQuery({ queryKey: ['volumes', name], queryFn: () => answer(api.GET('/volumes/{name}', { params: { path: { name } } })) });

/** Orders a job; its row is what comes back. */
export const useOrder = () => useMutation({
  mutationFn: (body: JobOrder) => answer(api.POST('/jobs', { body })),
  onSuccess: (job) => { cache.setQueryData(['jobs', job.id, 'ordered'], job); },
});
