export interface User { name: string; role: string; clients: string[]; disabled: boolean; once: boolean; factor: string; made: string; seen: string | null; sso: string | null }
/** `password` is for once, and told nowhere else; null if one was given. */
export interface MadeUser { name: string; password: string | null }
export interface Token { name: string; role: string; clients: string[]; made: string; by: string; expires: string | null; used: string | null }
export interface MadeToken { name: string; token: string; expires: string | null }
export interface OpenSession { id: string; caller: { name: string; kind: string; role: string; clients: string[] }; from: string; opened: string; used: string; expires: string }
export interface AuditLine { number: number; time: string; machine: string; who: string; from: string; operation: string; object: string; outcome: string; hash: string }
/** `sso` is what the provider is called; null: there is none. */
export interface Ways { passwords: boolean; passkeys: boolean; sso: string | null }
export interface RoleGrant { value: string; role: string; clients: string[] }
export interface Provider {
  name: string; issuer: string; client: string; secret: boolean; scopes: string[]; claim: string; grants: RoleGrant[]; domains: string[]; passwords: boolean; back: string | null;
}
export interface Passkey { id: string; name: string; host: string; synced: boolean; made: string; used: string | null }
export interface AuditVerdict { whole: boolean; entries: number; broken: number | null; head: string; onMedia: number | null; cut: boolean }
/** A dangerous act that waits; `due`: of one that waits when it expires, of one that is confirmed when it is carried out. */
export interface Request {
  request: number; state: string; operation: string; object: string; summary: string; details: { field: string; was: string | null; wanted: string | null }[]; by: string; from: string; asked: string; persons: number; delay: number; confirmedBy: string | null; due: string; ended: string | null;
  why: string | null; hash: string;
}
/** `persons` is 0 where the rule is off, `delay` in seconds. */
export interface DangerRule { persons: number; delay: number }
