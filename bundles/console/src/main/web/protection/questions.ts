import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Life } from '../rest/answers';
import { answer, api } from '../rest/api';
import { lines } from './draft';

const DAY_MS = 86_400_000;
/** What the simulator looks at: two years, and no more backups than are worth drawing. */
const HORIZON_DAYS = 730;
const MOST = 1_000;
const ASKED = 100;

/** How far apart the newest snapshot of each save set lies. */
export const useSpread = () => useQuery({ queryKey: ['spread'], queryFn: () => answer(api.GET('/spread')) });

/** When something would run. */
export type Asked = { schedule: string; zone?: string; blackouts?: string; leaveOut?: boolean };

const preview = ({ blackouts, ...asked }: Asked, count: number) =>
  answer(api.POST('/schedules/preview', { params: { path: {} }, body: { ...asked, blackouts: lines(blackouts ?? ''), count } }));

/** What is typed, once it has been left alone for a moment. */
export function useSettled<T>(value: T) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 300);
    return () => clearTimeout(timer);
    // what is typed is told by its text: an object is another one each time
  }, [JSON.stringify(value)]);
  return settled;
}

export const usePreview = (asked: Asked) => useQuery({ queryKey: ['preview', asked], queryFn: () => preview(asked, 5), enabled: asked.schedule !== '', retry: false });

export const usePolicy = (name: string) => useQuery({ queryKey: ['policies', name], queryFn: () => answer(api.GET('/policies/{name}', { params: { path: { name } } })) });
export const useStays = (name: string) => useQuery({ queryKey: ['policies', name, 'retention'], queryFn: () => answer(api.GET('/policies/{name}/retention', { params: { path: { name } } })) });

/** Lives of the backups of the coming two years under these rules, as the appliance itself would have them expire. */
export const useLives = (asked: Asked, keep: string) => useQuery({
  queryKey: ['simulate', asked, keep], enabled: asked.schedule !== '', retry: false, placeholderData: (before: { times: string[]; lives: Life[] } | undefined) => before,
  queryFn: async () => {
    const times = repeated((await preview(asked, ASKED)).next);
    const until = new Date(Date.parse(times[0] ?? new Date().toISOString()) + HORIZON_DAYS * DAY_MS).toISOString();
    const { lives } = await answer(api.POST('/retention/simulate', { params: { path: {} }, body: { times, keep: keep ? [keep] : [], until, ...(asked.zone && { zone: asked.zone }) } }));
    return { times, lives };
  },
});

/** The first hundred runs, repeated at the same distances until the horizon: the rhythm of a schedule is not longer than that. */
export function repeated(next: string[]): string[] {
  if (next.length < 2) return next;
  const first = next.map((time) => Date.parse(time));
  const span = first[first.length - 1] - first[0] + (first[1] - first[0]);
  const times: string[] = [];
  for (let round = 0; times.length < MOST; round++) {
    for (const time of first) {
      const at = time + round * span;
      if (at - first[0] > HORIZON_DAYS * DAY_MS || times.length >= MOST) return times;
      times.push(new Date(at).toISOString());
    }
  }
  return times;
}
