import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem';

/**
 * What the appliance has said. Nothing is asked for again by the clock: events change what they tell of and make the rest stale (events.ts).
 */
export const cache = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      gcTime: 300_000,
      refetchOnWindowFocus: true,
      retry: (failures, thrown) => failures < 2 && thrown instanceof ProblemError && thrown.problem.status === 0,
    },
  },
});
