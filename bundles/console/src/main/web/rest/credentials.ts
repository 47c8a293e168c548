/** What each call carries. A bearer token is in memory only: a session's cookie is the browser's, and no script can read it. */
export interface Credentials {
  bearer?: string;
  csrf?: string;
}

let now: Credentials = {};
let onExpired = () => {};

export const credentials = (): Credentials => now;

export function carry(next: Credentials) {
  now = next;
}

/** @param listener is told when a call was refused because nobody is signed in any more */
export function whenExpired(listener: () => void) {
  onExpired = listener;
}

export const expired = () => onExpired();
