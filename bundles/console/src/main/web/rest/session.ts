import { useSyncExternalStore } from 'react';
import { cache } from './cache';
import { call } from './call';
import { ProblemError } from './problem';
import { carry, whenExpired, whenStale } from './credentials';

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

whenStale(async () => begun(await ask('GET')));
whenExpired(() => { if (session !== 'unknown') ended(); });

const send = (method: string, body?: object, headers?: Record<string, string>, below = '') => call(new Request(ADDRESS + below, {
  method,
  headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
  body: body && JSON.stringify(body),
}));

const post = (below: string, body: object) => send('POST', body, {}, below);

async function ask(...what: Parameters<typeof send>): Promise<Answer> {
  return (await (await send(...what)).json()) as Answer;
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
  begun((await (await post('/password', { password, next })).json()) as Answer);
}

/** Throws a ProblemError if the appliance did not hear it: then the session goes on, and so does the page. */
export async function signOut() {
  let leave: string | null = null;
  try {
    leave = ((await (await call(new Request(`${ADDRESS}/leave`))).json()) as { address: string | null }).address;
    await call(new Request(ADDRESS, { method: 'DELETE' }));
  } catch (thrown) {
    if (!(thrown instanceof ProblemError) || thrown.problem.status !== 401) throw thrown;
  }
  ended();
  // the provider by which he came lets him go, too
  if (leave) location.assign(leave);
}

/** A code of the device makes the second factor count. Answers the recovery codes, and what goes on with the new session once they have been seen. */
export async function confirmFactor(code: string): Promise<{ recovery: string[]; goOn: () => void }> {
  const { recovery, session: next } = (await (await post('/factor/confirm', { code })).json()) as { recovery: string[]; session: Answer };
  carry({ csrf: next.csrf });
  return { recovery, goOn: () => begun(next) };
}

/** All sessions of this user end, also this one. */
export async function removeFactor(password: string, code?: string) {
  await post('/factor/remove', { password, ...(code && { code }) });
  ended();
}

/** Null: nobody is signed in. 'unknown' for the first moment. */
export function useSession() {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => session);
}
