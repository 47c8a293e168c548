import { useSyncExternalStore } from 'react';
import { cache } from './cache';
import { call } from './call';
import { carry, whenExpired } from './credentials';

export interface Caller {
  name: string;
  /** user, token, or home: who has the token of the appliance's own home */
  kind: string;
  role: string;
  clients: string[];
}

/** Who is signed in. */
export interface Session {
  caller: Caller;
  /** What comes first: `password` if it was good for once, `factor` if a second one has to be there; else none. */
  duty: string;
  expires: string | null;
}

interface Answer {
  caller: Caller;
  csrf: string;
  duty: string;
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

function begun({ caller, csrf, duty, expires }: Answer) {
  carry({ csrf });
  set({ caller, duty, expires });
}

function ended() {
  carry({});
  cache.clear();
  set(null);
}

whenExpired(() => { if (session !== 'unknown') ended(); });

async function ask(method: string, body?: object, headers?: Record<string, string>, below = ''): Promise<Answer> {
  const response = await call(new Request(ADDRESS + below, {
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
    // the token makes a session and is forgotten
    begun(await ask('POST', {}, { Authorization: `Bearer ${by.token.trim()}` }));
  } else {
    begun(await ask('POST', by));
  }
}

/** Signs in by a way below the session's address. */
export async function enter(below: string, body: object) {
  begun(await ask('POST', body, {}, below));
}

export async function changePassword(password: string, next: string) {
  begun(await ask('POST', { password, next }, {}, '/password'));
}

export async function signOut() {
  let leave: string | null = null;
  try {
    leave = ((await (await call(new Request(`${ADDRESS}/leave`))).json()) as { address: string | null }).address;
    await call(new Request(ADDRESS, { method: 'DELETE' }));
  } catch {
    // it has ended all the same: nothing here knows who it was
  }
  ended();
  // the provider by which he came lets him go, too
  if (leave) location.assign(leave);
}

/** Null: nobody is signed in. 'unknown' for the first moment. */
export function useSession() {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => session);
}
