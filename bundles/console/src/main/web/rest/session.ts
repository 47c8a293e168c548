import { useSyncExternalStore } from 'react';
import { cache } from './cache';
import { call } from './call';
import { carry, whenExpired } from './credentials';
import { ProblemError } from './problem';

export interface Caller {
  name: string;
  role: string;
  clients: string[];
}

/** Who is signed in. */
export interface Session {
  caller: Caller | null;
  expires: string | null;
}

interface Answer {
  caller: Caller;
  csrf: string;
  expires: string;
}

export type SignInWith = { token: string } | { name: string; password: string; code?: string };

const ADDRESS = '/api/v1/session';
let session: Session | null | 'unknown' = 'unknown';
const listeners = new Set<() => void>();

function set(next: Session | null) {
  session = next;
  listeners.forEach((listener) => listener());
}

function begun({ caller, csrf, expires }: Answer) {
  carry({ csrf });
  set({ caller, expires });
}

function ended() {
  carry({});
  cache.clear();
  set(null);
}

whenExpired(() => { if (session !== 'unknown') ended(); });

async function ask(method: string, body?: object, headers?: Record<string, string>): Promise<Answer> {
  const response = await call(new Request(ADDRESS, {
    method,
    headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  }));
  return (await response.json()) as Answer;
}

/** Whether the browser still has the cookie of a session. */
async function restore() {
  try {
    begun(await ask('GET'));
  } catch {
    set(null);
  }
}

void restore();

/** Throws a ProblemError that says why not. A second factor is asked for by the code `access.factor`. */
export async function signIn(by: SignInWith) {
  if ('token' in by) {
    await signInByToken(by.token.trim());
  } else {
    begun(await ask('POST', by));
  }
}

/** The token makes a session and is forgotten; an appliance that makes none is called with the token itself. */
async function signInByToken(token: string) {
  try {
    begun(await ask('POST', {}, { Authorization: `Bearer ${token}` }));
  } catch (thrown) {
    if (!(thrown instanceof ProblemError) || thrown.problem.status !== 404) throw thrown;
    carry({ bearer: token });
    await call(new Request('/api/v1/status'));
    set({ caller: null, expires: null });
  }
}

export async function signOut() {
  try {
    await call(new Request(ADDRESS, { method: 'DELETE' }));
  } catch {
    // it has ended all the same: nothing here knows who it was
  }
  ended();
}

/** Null: nobody is signed in. 'unknown' for the first moment. */
export function useSession() {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => session);
}
