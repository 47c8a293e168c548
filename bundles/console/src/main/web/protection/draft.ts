import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewPolicy, NewSaveSet, Policy, SaveSet } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** What a policy says, with blackouts as they are typed, one a line; `zone` is empty for the appliance's own, `retryAfter` in minutes. */
export interface Plan {
  pool: string; copyTo: string[]; schedule: string; zone: string; keep: string; blackouts: string; leaveOut: boolean; catchUp: boolean; priority: number; retries: number; retryAfter: number;
}

/** What is being laid down: lines of paths and patterns as they are typed. */
export interface Draft extends Plan {
  name: string; client: string; paths: string; excludes: string;
}

export type Change<T> = (change: Partial<T>) => void;

export const schedules = ['daily 22:00', 'mon..fri 22:00', 'hourly', 'weekly sun 03:00', ''];
export const keeps = ['daily=7,weekly=4,monthly=12', 'last=7', 'daily=14', 'daily=7,weekly=8,monthly=24,yearly=10', ''];

export const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);
export const excluded = (text: string) => lines(text).map((pattern) => ({ include: false, pattern }));

/** A rule in the form that it is typed in. */
export const pattern = ({ kind, value }: SaveSet['rules'][number]) => ({ GLOB: '', REGEX: 're:', LARGER: 'larger:', MARKER: 'marker:' })[kind] + value;

export const planOf = ({ pool, copyTo, schedule, zone, keep, blackouts, leaveOut, catchUp, priority, retries, retryAfter }: Policy): Plan =>
  ({ pool, copyTo, schedule, zone, keep, blackouts: blackouts.join('\n'), leaveOut, catchUp, priority, retries, retryAfter: Math.round(retryAfter / 60) });

/** A plan as the appliance takes it. */
export const bodyOf = ({ pool, copyTo, schedule, zone, keep, blackouts, leaveOut, catchUp, priority, retries, retryAfter }: Plan) =>
  ({ pool, copyTo, schedule, zone, keep, blackouts: lines(blackouts), leaveOut, catchUp, priority, retries, retryAfter: retryAfter * 60 });

export function useDraft(client: string, pool: string): [Draft, Change<Draft>] {
  const [draft, setDraft] = useState<Draft>({
    name: 'system', client, paths: '/etc\n/home\n/root', excludes: '', pool, copyTo: [], schedule: schedules[0], zone: '', keep: keeps[0], blackouts: '', leaveOut: false, catchUp: true, priority: 50, retries: 2, retryAfter: 10,
  });
  return [draft, (change) => setDraft((before) => ({ ...before, ...change }))];
}

export const news = () => ['save-sets', 'policies', 'jobs'].forEach((key) => void cache.invalidateQueries({ queryKey: [key] }));

/** Lays down the save set and its policy and begins the first backup; answers its job. Of a policy that is refused no save set stays. */
export const useProtect = () => useMutation({ mutationFn: protect, onSettled: news });

async function protect(draft: Draft): Promise<number> {
  const saveSet: NewSaveSet = { name: draft.name, client: draft.client, paths: lines(draft.paths), rules: excluded(draft.excludes) };
  await answer(api.POST('/save-sets', { params: { path: {} }, body: saveSet }));
  const policy: NewPolicy = { name: draft.name, saveSets: [`${draft.client}/${draft.name}`], ...bodyOf(draft) };
  try {
    await answer(api.POST('/policies', { params: { path: {} }, body: policy }));
  } catch (refused) {
    await answer(api.DELETE('/save-sets/{name}', { params: { path: { name: draft.name }, query: { client: draft.client } } }));
    throw refused;
  }
  const begun = await answer(api.POST('/policies/{name}/run', { params: { path: { name: policy.name } } }));
  const [step] = begun.steps;
  if (step.job === null) throw new Error(step.error ?? step.code ?? '');
  return step.job;
}
