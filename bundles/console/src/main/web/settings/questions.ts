import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { asProblem } from '../rest/problem';

export const roles = ['admin', 'operator', 'restorer', 'auditor'] as const;

export const useUsers = () => useQuery({ queryKey: ['users'], queryFn: () => answer(api.GET('/users')) });
export const useTokens = () => useQuery({ queryKey: ['tokens'], queryFn: () => answer(api.GET('/tokens')) });
/** Null: there is none. */
export const useProvider = () => useQuery({
  queryKey: ['sso'],
  queryFn: () => answer(api.GET('/sso')).catch((thrown: unknown) => { if (asProblem(thrown).code === 'sso.unknown') return null; throw thrown; }),
});
export const usePasskeys = () => useQuery({ queryKey: ['passkeys'], queryFn: () => answer(api.GET('/session/passkeys')) });
export const useSessions = () => useQuery({ queryKey: ['sessions'], queryFn: () => answer(api.GET('/sessions')) });

export const useTargets = () => useQuery({ queryKey: ['targets'], queryFn: () => answer(api.GET('/notifications/targets')) });
export const useOutbox = () => useQuery({ queryKey: ['outbox'], queryFn: () => answer(api.GET('/notifications/outbox')) });

/** A change of one of these lists, which is asked for again behind it. */
export function useChange<V, A>(list: 'users' | 'tokens' | 'sessions' | 'passkeys' | 'sso' | 'targets' | 'outbox' | 'left', change: (what: V) => Promise<A>) {
  return useMutation({ mutationFn: change, onSuccess: () => void cache.invalidateQueries({ queryKey: [list] }) });
}

export const named = (name: string) => ({ params: { path: { name } } });
