/** What a drill proved; `sample` is null where all was restored, `told` is empty in lists. */
export interface Proof {
  job: number; client: string; saveSet: string; snapshot: string; received: string; pool: string; host: string; sample: { seed: string; files: number; of: number } | null;
  began: string; ended: string; entries: number; bytes: number; differences: number; times: { waiting: number; restoring: number; comparing: number };
  outcome: 'proven' | 'partly' | 'failed'; told: string[];
}
export interface Standing { client: string; saveSet: string; pool: string; snapshot: string; proven: Proof | null; last: Proof | null }
export interface Report { name: string; html: string; signature: string; authority: string; fingerprint: string }
export interface DrillPlan {
  name: string; saveSets: { client: string; name: string }[]; copies: string[]; sample: string; client: string | null; schedule: string; enabled: boolean; next: string[];
  last: { number: number; due: string; state: string }[];
}
export interface NewDrillPlan { name: string; saveSets: string[]; copies?: string[]; sample: string; schedule: string }
/** Of packs at the end of a day. */
export interface CoverageDay { day: string; packs: number; bytes: number; month: number; year: number; never: number; unread: string | null }
