import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewPolicy, NewSaveSet } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** What is being laid down: lines of paths and patterns as they are typed. */
export interface Draft {
  name: string; client: string; paths: string; excludes: string; pool: string; schedule: string; keep: string;
}

export const schedules = ['daily 22:00', 'mon..fri 22:00', 'hourly', 'weekly sun 03:00', ''];
export const keeps = ['daily=7,weekly=4,monthly=12', 'last=7', 'daily=14', 'daily=7,weekly=8,monthly=24,yearly=10', ''];

export const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean);

export function useDraft(client: string, pool: string): [Draft, (change: Partial<Draft>) => void] {
  const [draft, setDraft] = useState<Draft>({ name: 'system', client, paths: '/etc\n/home\n/root', excludes: '', pool, schedule: schedules[0], keep: keeps[0] });
  return [draft, (change) => setDraft((before) => ({ ...before, ...change }))];
}

/** Lays down the save set and its policy and begins the first backup; answers its job. Of a policy that is refused no save set stays. */
export function useProtect() {
  return useMutation({ mutationFn: protect, onSettled: () => ['save-sets', 'policies', 'jobs'].forEach((key) => void cache.invalidateQueries({ queryKey: [key] })) });
}

async function protect(draft: Draft): Promise<number> {
  const saveSet: NewSaveSet = { name: draft.name, client: draft.client, paths: lines(draft.paths), rules: lines(draft.excludes).map((pattern) => ({ include: false, pattern })) };
  await answer(api.POST('/save-sets', { params: { path: {} }, body: saveSet }));
  const policy: NewPolicy = { name: draft.name, saveSets: [`${draft.client}/${draft.name}`], pool: draft.pool, ...(draft.schedule && { schedule: draft.schedule }), ...(draft.keep && { keep: draft.keep }) };
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
