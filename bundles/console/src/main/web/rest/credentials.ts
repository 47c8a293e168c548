/** What each call that changes something carries, beside the session's cookie, which is the browser's and no script can read. */
export interface Credentials {
  csrf?: string;
}

let now: Credentials = {};
let onExpired = () => {};
let onStale = async () => {};

export const credentials = (): Credentials => now;

export function carry(next: Credentials) {
  now = next;
}

/** @param listener is told when a call was refused because nobody is signed in any more */
export function whenExpired(listener: () => void) {
  onExpired = listener;
}

/** @param renew asks for the session anew, which another window has changed; throws if there is none any more */
export function whenStale(renew: () => Promise<void>) {
  onStale = renew;
}

export const stale = () => onStale();

export const expired = () => onExpired();
