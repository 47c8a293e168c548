import type { Job, JobProgress, OneJob } from './answers';
import { cache } from './cache';

/** Jobs whose news came since the last frame: two hundred that run are one change of the page. */
const news = new Map<number, JobProgress>();
/** How each job was when it was heard of last: a page may show what jobs change, and no list of jobs. */
const states = new Map<number, string>();
let drawn = false;

/** What an event says, put where the pages look. */
export function takeIn(event: string, data: unknown) {
  if (event === 'alert') void cache.invalidateQueries({ queryKey: ['alerts'] });
  if (event === 'device') void cache.invalidateQueries({ predicate: ({ queryKey: [what] }) => ['status', 'devices', 'libraries'].includes(String(what)) });
  if (event !== 'progress') return;
  const progress = data as JobProgress;
  news.set(progress.job, progress);
  if (!drawn) {
    drawn = true;
    setTimeout(apply, 100);
  }
}

function apply() {
  drawn = false;
  const now = new Map(news);
  news.clear();
  const known = cache.getQueryData<Job[]>(['jobs']);
  let changed = false;
  for (const progress of now.values()) {
    changed ||= states.get(progress.job) !== progress.state;
    states.set(progress.job, progress.state);
    cache.setQueryData(['jobs', progress.job, 'progress'], progress);
    cache.setQueryData<OneJob>(['jobs', progress.job], (job) => job && { ...job, ...figures(progress) });
  }
  if (known) {
    cache.setQueryData<Job[]>(['jobs'], known.map((job) => {
      const progress = now.get(job.id);
      return progress ? { ...job, ...figures(progress) } : job;
    }));
  }
  if (changed) later(now);
}

function figures({ state, files, bytes }: JobProgress) {
  return { state, files, bytes };
}

let waiting: ReturnType<typeof setTimeout> | undefined;
const touched = new Set<number>();

/** A job that began or changed its state changes lists, too: they are asked for once, when it is quiet again. */
function later(jobs: Map<number, JobProgress>) {
  for (const job of jobs.keys()) touched.add(job);
  waiting ??= setTimeout(() => {
    waiting = undefined;
    for (const job of touched) void cache.invalidateQueries({ queryKey: ['jobs', job], exact: true });
    touched.clear();
    void cache.invalidateQueries({ queryKey: ['jobs'], exact: true });
    for (const list of ['status', 'snapshots', 'pools', 'volumes', 'libraries', 'drivers', 'devices', 'clients', 'hosts', 'policies', 'proofs', 'proven', 'drill-plans', 'coverage', 'spread']) void cache.invalidateQueries({ queryKey: [list] });
  }, 2_000);
}
