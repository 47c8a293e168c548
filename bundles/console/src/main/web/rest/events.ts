import { createParser } from 'eventsource-parser';
import { useSyncExternalStore } from 'react';
import { call } from './call';
import { takeIn } from './live';
import { asProblem } from './problem';

/** Longest silence between the signs of life that the appliance sends every 5 s. */
const SILENCE_MS = 15_000;
const AGAIN_MS = 1_000;
/** A server that stands by tells no events. */
const STANDBY_MS = 10_000;

let live = true;
const listeners = new Set<() => void>();

function set(next: boolean) {
  if (live !== next) {
    live = next;
    listeners.forEach((listener) => listener());
  }
}

/**
 * Opens the one stream of events and keeps it open; returns what closes it. Read by fetch, since the browser's own EventSource can send no token.
 */
export function listenToEvents(): () => void {
  const closing = new AbortController();
  void keepOpen(closing.signal);
  return () => closing.abort();
}

async function keepOpen(closed: AbortSignal) {
  let last: string | undefined;
  while (!closed.aborted) {
    let pause = AGAIN_MS;
    try {
      await read(closed, last, (id) => { last = id; });
    } catch (thrown) {
      // what broke it off is seen by the pages: set(false) below
      pause = asProblem(thrown).code === 'server.standby' ? STANDBY_MS : AGAIN_MS;
    }
    if (closed.aborted) return;
    set(false);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

async function read(closed: AbortSignal, last: string | undefined, onId: (id: string) => void) {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS);
  try {
    const response = await call(new Request('/api/v1/events', {
      headers: { Accept: 'text/event-stream', ...(last && { 'Last-Event-ID': last }) },
      signal: AbortSignal.any([closed, silent.signal]),
    }));
    set(true);
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (id) onId(id);
        takeIn(event ?? 'message', JSON.parse(data));
      },
    });
    for (const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS);
      parser.feed(value);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the stream is open: else what is shown may be old. */
export function useLive() {
  return useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => live);
}
