/* What the REST interface answers, as docs/rest.md says it. Sizes are bytes, times RFC 3339. */

export interface Clock { state: string; by: string[]; retentionTime: string; machineTime: string; advice: string | null }
export interface Power { device: string; node: string; supply: string; held: boolean; voltage: number | null; charge: number | null; since: string; problem: string | null }
export interface Role { kind: string; name: string; connected: boolean }
/** `state` is leads, standby, or silent: nothing was heard of it for so many seconds. */
export interface Server { name: string; url: string; state: 'leads' | 'standby' | 'silent'; here: boolean; since: string; silent: number }
/** `proven` is the last drill that proved all that it chose. */
export interface Status {
  version: string; servers: Server[]; roles: Role[]; warnings: string[]; running: number; snapshots: number; power: Power[]; clock: Clock;
  proven?: { time: string; client: string; saveSet: string; pool: string; job: number } | null;
  spread?: Record<SpreadState, number>;
}

/** `text` is English; `code` and `values` say the same to who has words for them. */
export interface StandingAlert { code: string; severity: string; kind: string; name: string; values: Record<string, string>; since: string; text: string }
export interface NewTarget {
  name: string; kind: 'mail' | 'webhook'; language: string; settings: Record<string, string>; match: Record<string, string[]>; quiet: string; secrets: Record<string, string>;
}
export interface Target extends Omit<NewTarget, 'secrets'> { enabled: boolean; secrets: string[]; made: string }
/** `due` is null of one that was given up. */
export interface Notice { id: number; target: string; made: string; subject: string; state: string; attempts: number; due: string | null; problem: string }

/** `others` is null if it listens to this machine only. */
export interface Network { host: string; port: number; others: string | null; certificate: { own: boolean; names: string[]; issuer: string; until: string; fingerprint: string } }

/** What a rebuild has brought back that is not in force yet, with the command that changes it. */
export interface OwnBackup { left: { kind: string; name: string; what: string; command: string }[] }

/** `quota` is -1 without a bound. */
export interface Client { name: string; connected: boolean; lastSeen: string | null; used: number; quota: number }
export interface Host { name: string; role: string; connected: boolean; lastSeen: string | null; version: string | null; expires: string | null; revoked: string | null; used: number | null; quota: number | null }
export interface Invitation { code: string; expires: string; fingerprint: string; url: string | null }

export interface Pool {
  name: string; driver: string; node: string; device: string; group: string | null; used: number; capacity: number; created: string; keyExported: string | null;
}
export type Thaw = 'cheap' | 'usual' | 'fast';
export interface OnePool extends Pool { thaw: Thaw; volumes: Volume[] }
/** Seconds from when a snapshot was received, 0 without a lock; `device` are the modes that its device has, null if nobody can tell now. */
export interface PoolLock { pool: string; seconds: number; mode: LockMode; device: LockMode[] | null }
export type LockMode = 'governance' | 'compliance';
export interface NewPool { name: string; driver: string; settings?: Record<string, string>; node?: string }
export interface Volume {
  label: string; barcode: string | null; pool: string | null; state: string; location: string | null; used: number; capacity: number;
  set: number | null; number: number | null; why: string | null;
}
export interface CartridgeUse {
  life: { mounts: number; seen: string; loads: number | null; written: number | null; read: number | null; uncorrected: number | null } | null;
  mounts: { drive: string; loaded: string; written: number | null; read: number | null; writeCorrected: number | null; readCorrected: number | null; uncorrected: number | null; held: boolean }[];
  warnings: string[];
}
/** `unread`: since when all of it was read; null if nothing is on it. */
export interface OneVolume extends Volume {
  id: string; node: string | null; device: string | null; driver: string | null; packs: number; labelled: string | null; written: string | null; errors: number; use: CartridgeUse | null;
  unread: string | null;
}
export interface MediaRules {
  blank: boolean; scratch: boolean; keep: number; repack: number; cutAfter: number; cutSize: number; reserve: number; setAfter: number; setSize: number; encryption: string; errorFactor: number;
}
/** A JSON Schema that is made of a driver's metatype. */
export interface SettingSchema {
  title: string; description?: string; type: 'string' | 'integer' | 'number' | 'boolean'; default?: string | number | boolean; minimum?: number; maximum?: number; format?: string;
  oneOf?: { const: string; title: string }[]; unit?: string;
}
export interface DriverSchema { title: string; description: string; properties: Record<string, SettingSchema>; required: string[] }
export interface DeviceSettings { driver: string; node: string; values: Record<string, string>; secrets: string[] }
export interface Publisher { name: string; fingerprint: string; state: string; from: string; until: string; shipped: boolean; trusted: string | null; by: string }
export interface DevelopmentMode { on: boolean; since: string | null; by: string }
export interface DriverPart { node: string; state: string; sent: number; driver: Driver | null; problem: { code: string; detail: string } | null }
export interface DriverResult { job: number; change: string; driver: string | null; nodes: DriverPart[] }
export interface Recipients { sealed: boolean; number: number; epoch: number; recipients: { id: string; name: string; here: boolean }[]; ring: string }
export interface LibraryRow { name: string; driver: string; node: string; state: string; location: string; slots: number; mailSlots: number; drives: number; cartridges: number; problem: string | null }
export interface Element {
  address: number; kind: string; content: string; barcode: string | null; volume: string | null; pool: string | null; state: string | null; drive: number | null;
  source: number | null; accessible: boolean; used: boolean; cleanings: number; problem: string; health: string | null; why: string | null; warnings: string[];
}
export interface Library { name: string; driver: string; node: string; location: string; changer: unknown; elements: Element[] }
export interface Driver { name: string; version: string; publisher: string; signed: boolean; state: string; devices: string[]; node: string; problem: string | null }
/** What is null is not bounded. */
export interface Bounds { bytes: number | null; requests: number | null; money: number | null }
/** Of a device in one month; `percent` is of the bound that is nearest, null without a budget. */
export interface MonthlyUse {
  device: string; node: string; month: string; bytesIn: number; bytesOut: number; requests: number; money: number; budget: Bounds | null; percent: number | null; spent: boolean; until: string;
}
/** `use` is null if its driver counts nothing. */
export interface Device { name: string; driver: string; node: string; state: string; location: string | null; pools: string[]; problem: string | null; use: MonthlyUse | null }

export interface Rule { include: boolean; pattern: string }
export interface KeptRule { include: boolean; kind: 'GLOB' | 'REGEX' | 'LARGER' | 'MARKER'; value: string }
export interface SaveSet { name: string; client: string; via: string | null; paths: string[]; rules: KeptRule[]; oneFileSystem: boolean; pre: string | null; post: string | null; dump: string | null }
export interface NewSaveSet { name: string; client: string; paths: string[]; rules?: Rule[]; oneFileSystem?: boolean }
/** `schedule` is empty where it is run by hand; `next` are its next runs. */
export interface Policy {
  name: string; saveSets: { client: string; name: string }[]; pool: string; copyTo: string[]; schedule: string; zone: string; enabled: boolean; keep: string;
  blackouts: string[]; leaveOut: boolean; catchUp: boolean; priority: number; atOnce: number; spread: number; retries: number; retryAfter: number;
  next: string[]; last: { number: number; byHand: boolean; due: string; ended: string | null; state: string; why: string | null }[];
}
export interface NewPolicy {
  name: string; saveSets: string[]; pool: string; copyTo?: string[]; schedule?: string; zone?: string; keep?: string; blackouts?: string[]; leaveOut?: boolean; catchUp?: boolean; priority?: number; retries?: number;
  retryAfter?: number; enabled?: boolean;
}
/** Why a snapshot stays: reasons like `daily 2026-11-24`. */
export interface Stay { id: string; client: string; saveSet: string; pool: string; time: string; keeps: string[]; pinned: { since: string; until: string | null; why: string | null } | null; lockedUntil: string | null; expires: boolean }
export interface Preview { zone: string; next: string[] }
/** `expired` is null if it is there still when the trial ends; a spell is while a rule wanted it. */
export interface Life { made: string; expired: string | null; spells: { rule: string; from: string; until: string | null }[] }
export interface Lives { keep: string; lives: Life[] }
export interface PolicyRun { policy: string; copyTo: string[]; steps: { client: string; saveSet: string; job: number | null; code: string | null; error: string | null }[] }

/** How it is spread by the rule of 3-2-1. */
export type SpreadState = 'safe' | 'partly' | 'single' | 'lost';
export interface Snapshot {
  id: string; client: string; saveSet: string; time: string; files: number; bytes: number; stored: number; pool: string; job: number; started: string; warnings: number;
  parent: string | null;
}
export interface SnapshotCopy { pool: string; node: string; time: string; job: number; damaged: boolean }
export interface OneSnapshot extends Snapshot { sealed: boolean; roots: string[] | null; skipped: { path: string; reason: string }[] | null; copies: SnapshotCopy[]; spread: Spread | null; lockedUntil: string | null }
export interface Spread { state: SpreadState; copies: number; kinds: string[]; sites: string[]; lacks: string[] }
/** Paths are in percent form. */
export interface Entry { path: string; type: string; size: number; mode: number; mtime: string; user: string | null; group: string | null; target: string | null }
export interface EntryPage { entries: Entry[]; next: string | null }
/** `waits` are seconds until the first byte; `cost` is 0 if nobody said that it costs anything. */
export interface Lying { pool: string; node: string; volume: string; barcode: string | null; place: string; there: boolean; files: number; bytes: number; waits: number | null; cost: number; why: string | null }
export interface Difference { path: string; change: string }
export interface DifferencePage { differences: Difference[]; next: string | null }
export interface Version {
  path: string; type: string; size: number; mtime: string; client: string; saveSet: string; first: string; last: string; snapshots: number;
}
export interface Found { versions: Version[]; more: boolean; closed: string[]; problems: Spot[]; unread: number; searched: number }
export interface Spot { path: string; reason: string; ranges?: { from: number; to: number }[] }
/** `elsewhere`: what came from other copies, since it was lost where it was read. */
export interface RestoreResult { job: number; files: number; bytes: number; notRestored: Spot[]; lying?: Lying[]; elsewhere?: { pool: string; chunks: number; bytes: number }[] }

export type JobState = 'queued' | 'running' | 'paused' | 'parked' | 'done' | 'warned' | 'failed' | 'cancelled';
export interface Job {
  id: number; kind: string; state: JobState; client: string | null; pool: string | null; started: string | null; ended: string | null;
  files: number; bytes: number; error: string | null;
}
export interface OneJob extends Job { saveSet: string | null; paths: string[]; detour: string | null; via: string | null; from: string | null }
export interface JobLine { time: string; level: string; text: string }
export type JobResult = Record<string, unknown> & { job: number };
export type JobOrder = { kind: string } & Record<string, unknown>;
/** As each event of a job brings it. */
export interface JobProgress { job: number; state: JobState; phase: string; files: number; bytes: number; stored: number }

export interface Recovered { pools: string[] }
