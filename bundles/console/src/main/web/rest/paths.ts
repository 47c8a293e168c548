import type * as who from './access';
import type * as is from './answers';
import type * as disks from './disks';
import type * as firmware from './firmware';
import type * as proof from './proofs';

/* The calls that the pages make, in the form that openapi-fetch reads. */

type None = Record<string, never>;
interface Parts<Query, Path> {
  parameters: { query?: Query } & (Path extends None ? { path?: None } : { path: Path });
}
interface Answers<A> {
  responses: { 200: { headers: None; content: { 'application/json': A } } };
}
interface Get<A, Query = None, Path = None> {
  get: Parts<Query, Path> & Answers<A>;
}
interface Post<Body, A, Path = None, Query = None> {
  post: Parts<Query, Path> & Answers<A> & { requestBody?: { content: { 'application/json': Body } } };
}
interface Patch<Body, A, Path = None, Query = None> {
  patch: Parts<Query, Path> & Answers<A> & { requestBody?: { content: { 'application/json': Body } } };
}
interface Put<Body, A, Path = None, Query = None> {
  put: Parts<Query, Path> & Answers<A> & { requestBody?: { content: { 'application/json': Body } } };
}
interface Delete<A, Path = None, Query = None> {
  delete: Parts<Query, Path> & Answers<A>;
}
type Snapshot = { id: string };
type JobId = { job: number };
type Name = { name: string };
type OnNode = { node?: string };

export interface paths {
  '/status': Get<is.Status>;
  '/alerts': Get<is.StandingAlert[]>;
  '/notifications/targets': Get<is.Target[]> & Post<is.NewTarget, is.Target>;
  '/notifications/targets/{name}': Patch<{ enabled: boolean }, is.Target, Name> & Delete<is.Target, Name>;
  '/notifications/targets/{name}/test': Post<None, { answer: string }, Name>;
  '/notifications/outbox': Get<is.Notice[]>;
  '/notifications/outbox/{notice}': Delete<is.Notice, { notice: number }>;
  '/notifications/outbox/{notice}/retry': Post<None, is.Notice, { notice: number }>;
  '/clock/confirm': Post<{ machineTime: string }, is.Clock>;
  '/clients': Get<is.Client[]>;
  '/hosts': Get<is.Host[]>;
  '/hosts/{role}/{name}/revoke': Post<None, { revoked: string[] }, { role: string; name: string }>;
  '/enrolments': Post<{ role?: string; name?: string; seconds?: number }, is.Invitation>;
  '/pools': Get<is.Pool[]> & Post<is.NewPool, is.Pool>;
  '/pools/{name}': Get<is.OnePool, None, Name> & Patch<{ thaw: is.Thaw }, is.OnePool, Name> & Delete<is.OnePool, Name>;
  '/pools/{name}/lock': Get<is.PoolLock, None, Name> & Post<{ seconds: number; mode?: is.LockMode }, is.PoolLock, Name>;
  '/pools/{name}/remake': Post<None, is.OnePool, Name>;
  '/volumes': Get<is.Volume[], { pool?: string }>;
  '/volumes/{name}': Get<is.OneVolume, None, Name>;
  '/volumes/{name}/lock': Post<{ why?: string }, is.OneVolume, Name>;
  '/volumes/{name}/unlock': Post<None, is.OneVolume, Name>;
  '/volumes/{name}/accept': Post<None, is.OneVolume, Name>;
  '/libraries/{name}/drives/{drive}': Post<{ up: boolean; why?: string }, is.Library, { name: string; drive: number }, OnNode>;
  '/pools/{name}/rules': Get<is.MediaRules, None, Name> & Patch<Partial<is.MediaRules>, is.MediaRules, Name>;
  '/pools/{name}/cut': Post<None, { pool: string; name: string; set: number; volumes: number }, Name>;
  '/pools/{name}/recipients': Get<is.Recipients, None, Name>;
  '/drivers/{name}/schema': Get<is.DriverSchema, { language?: string; node?: string }, Name>;
  '/drivers/{name}': Delete<is.Job, Name, { node?: string; park?: boolean }>;
  '/devices/{name}': Patch<{ settings: Record<string, string | null> }, is.Device, Name, OnNode> & Delete<{ name: string }, Name, OnNode>;
  '/devices/{name}/settings': Get<is.DeviceSettings, OnNode, Name>;
  '/devices/{name}/budget': Get<is.MonthlyUse, OnNode, Name> & Put<is.Bounds, is.MonthlyUse, Name, OnNode> & Delete<is.MonthlyUse, Name, OnNode>;
  '/devices/{name}/test': Post<None, is.Device, Name, OnNode>;
  '/keys': Post<{ recovery: string; pool?: string; passphrase?: string }, is.Recovered>;
  '/clock': Get<is.Clock>;
  '/network': Get<is.Network>;
  '/network/certificate': Post<{ certificate: string; key: string }, is.Network> & Delete<is.Network>;
  '/firmware': Get<firmware.Firmware>;
  '/appliance/backup': Get<is.OwnBackup>;
  '/appliance/backup/forget': Post<None, is.OwnBackup>;
  '/appliance/disks': Get<disks.Disks> & Post<disks.NewDiskSet, disks.DiskSet>;
  '/appliance/disks/{set}/attach': Post<None, disks.DiskSet, { set: string }>;
  '/firmware/updates/{update}': Delete<firmware.FirmwareUpdate, { update: string }>;
  '/firmware/updates/{update}/install': Post<{ driversAnyway: boolean }, firmware.FirmwareUpdate, { update: string }>;
  '/appliance/restart': Post<None, { begun: boolean }>;
  '/users': Get<who.User[]> & Post<{ name: string; role: string; clients?: string[]; password?: string }, who.MadeUser>;
  '/users/{name}': Patch<{ role?: string; clients?: string[]; disabled?: boolean; factor?: boolean }, who.User, Name> & Delete<who.User, Name>;
  '/users/{name}/reset': Post<{ password?: string }, who.MadeUser, Name>;
  '/users/{name}/unlock': Post<None, who.User, Name>;
  '/tokens': Get<who.Token[]> & Post<{ name: string; role: string; clients?: string[]; seconds?: number }, who.MadeToken>;
  '/tokens/{name}': Delete<who.Token, Name>;
  '/session/ways': Get<who.Ways>;
  '/session/sso/begin': Post<None, { address: string | null }>;
  '/session/leave': Get<{ address: string | null }>;
  '/sso': Get<who.Provider> & Put<Omit<who.Provider, 'secret' | 'back'> & { secret?: string }, who.Provider> & Delete<who.Provider, None>;
  '/sso/test': Post<None, { authorize: string; token: string; keys: number; leave: boolean }>;
  '/session/passkey/begin': Post<{ name?: string; password?: string }, PublicKeyCredentialRequestOptionsJSON>;
  '/session/passkeys': Get<who.Passkey[]> & Post<{ name: string; clientDataJSON: string; attestationObject: string }, { passkey: who.Passkey; recovery: string[] }>;
  '/session/passkeys/begin': Post<{ password?: string }, PublicKeyCredentialCreationOptionsJSON>;
  '/session/passkeys/{name}/remove': Post<{ password?: string }, who.Passkey, Name>;
  '/session/factor': Post<{ password: string; code?: string }, { secret: string; uri: string }>;
  '/sessions': Get<who.OpenSession[]>;
  '/sessions/{name}': Delete<None, Name>;
  '/audit': Get<who.AuditLine[], { below?: number; limit?: number }>;
  '/audit/verify': Get<who.AuditVerdict>;
  '/requests': Get<who.Request[], { open?: boolean }>;
  '/requests/{number}/confirm': Post<{ hash: string }, who.Request, { number: number }>;
  '/requests/{number}/refuse': Post<None, who.Request, { number: number }>;
  '/requests/{number}/answer': Post<None, { request: number; text: string }, { number: number }>;
  '/rule': Get<who.DangerRule> & Post<Partial<who.DangerRule>, who.DangerRule>;
  '/publishers': Get<is.Publisher[]> & Post<{ certificate: string; name?: string }, is.Publisher>;
  '/publishers/{name}': Delete<{ name: string }, Name>;
  '/development-mode': Get<is.DevelopmentMode> & Post<{ on: boolean }, is.DevelopmentMode>;
  '/libraries': Get<is.LibraryRow[], OnNode>;
  '/libraries/{name}': Get<is.Library, OnNode, Name>;
  '/drivers': Get<is.Driver[], OnNode>;
  '/devices': Get<is.Device[], OnNode> & Post<{ name: string; driver: string; settings: Record<string, string>; node?: string }, is.Device>;
  '/save-sets': Get<is.SaveSet[], { client?: string }> & Post<is.NewSaveSet, is.SaveSet>;
  '/save-sets/{name}': Patch<Partial<is.NewSaveSet>, is.SaveSet, Name, { client?: string }> & Delete<is.SaveSet, Name, { client?: string }>;
  '/policies': Get<is.Policy[]> & Post<is.NewPolicy, is.Policy>;
  '/policies/{name}': Get<is.Policy, None, Name> & Patch<Partial<is.NewPolicy>, is.Policy, Name> & Delete<is.Policy, Name>;
  '/policies/{name}/run': Post<None, is.PolicyRun, Name>;
  '/spread': Get<{ client: string; saveSet: string; spread: is.Spread | null }[]>;
  '/proofs': Get<proof.Proof[], { limit?: number }>;
  '/proofs/{job}': Get<proof.Proof, None, JobId>;
  '/proofs/{job}/report': Get<proof.Report, None, JobId>;
  '/proven': Get<proof.Standing[]>;
  '/pools/{name}/coverage': Get<proof.CoverageDay[], { days?: number }, Name>;
  '/drill-plans': Get<proof.DrillPlan[]> & Post<proof.NewDrillPlan, proof.DrillPlan>;
  '/drill-plans/{name}': Patch<{ enabled: boolean }, proof.DrillPlan, Name> & Delete<proof.DrillPlan, Name>;
  '/drill-plans/{name}/run': Post<None, { plan: string; steps: { client: string; saveSet: string; job: number | null; error: string | null }[] }, Name>;
  '/policies/{name}/retention': Get<is.Stay[], None, Name>;
  '/schedules/preview': Post<{ schedule: string; zone?: string; blackouts?: string[]; leaveOut?: boolean; count?: number }, is.Preview>;
  '/retention/simulate': Post<{ times: string[]; keep: string[]; zone?: string; until: string }, is.Lives>;
  '/snapshots': Get<is.Snapshot[], { client?: string }>;
  '/snapshots/{id}': Get<is.OneSnapshot, None, Snapshot>;
  '/snapshots/{id}/entries': Get<is.EntryPage, { path: string; after?: string; limit?: number }, Snapshot>;
  '/snapshots/{id}/where': Get<is.Lying[], { path?: string }, Snapshot>;
  '/downloads': Post<{ snapshot: string; paths: string[] }, { download: string; name: string }>;
  '/snapshots/{id}/differences': Get<is.DifferencePage, { to: string; after?: string; limit?: number }, Snapshot>;
  '/search': Get<is.Found, { name: string; client?: string; ignoreCase?: boolean; limit?: number }>;
  '/jobs': Get<is.Job[], { running?: string; newest?: string }> & Post<is.JobOrder, is.Job>;
  '/jobs/{job}': Get<is.OneJob, None, JobId>;
  '/jobs/{job}/log': Get<is.JobLine[], None, JobId>;
  '/jobs/{job}/result': Get<is.JobResult, None, JobId>;
  '/jobs/{job}/cancel': Post<None, is.Job, JobId>;
  '/jobs/{job}/resume': Post<None, is.Job, JobId>;
}

export type { Patch };
