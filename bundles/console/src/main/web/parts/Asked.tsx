import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './Loading';
import { ProblemView } from './ProblemView';

/** What a question of the appliance came to: it waits, says what went wrong, or shows the answer. */
export function Asked<T>({ query, children }: { query: UseQueryResult<T>; children: (answer: T) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <ProblemView thrown={query.error} onRetry={() => void query.refetch()} />;
  return <Loading />;
}
