import createClient from 'openapi-fetch';
import { call } from './call';
import type { paths } from './paths';

const client = createClient<paths>({ baseUrl: '/api/v1', fetch: (request) => call(request) });

/** Calls of the REST interface by their path, checked by its types: `await answer(api.GET('/jobs/{job}', {params: {path: {job}}}))`. */
export const api = client;

/** The body of an answer; what is no good answer was thrown before (call.ts). */
export async function answer<T>(asked: Promise<{ data?: T }>): Promise<T> {
  return (await asked).data as T;
}
