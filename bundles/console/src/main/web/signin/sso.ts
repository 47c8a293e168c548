import { answer, api } from '../rest/api';
import { enter } from '../rest/session';

/** The address that the provider sends browsers back to. No cookie comes with that call, for another site makes it; the call that this page makes then has them. */
const BACK = '/sso';
const ASKED = 'az-asked-for';

export async function goToProvider() {
  const { address } = await answer(api.POST('/session/sso/begin', {}));
  sessionStorage.setItem(ASKED, location.pathname + location.search);
  location.assign(address!);
}

/** What the provider has sent the browser back with, and the page that was asked for before; null if it has not. */
export function cameBack() {
  if (location.pathname !== BACK) return null;
  const said = new URLSearchParams(location.search);
  const body = Object.fromEntries(['code', 'state', 'iss', 'error'].map((key) => [key, said.get(key)]));
  return { page: askedFor(), finish: () => enter(BACK, body) };
}

/** The page that was asked for before somebody went to the provider. */
export function askedFor() {
  return sessionStorage.getItem(ASKED) ?? '/';
}
