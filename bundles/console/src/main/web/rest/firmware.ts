/** `doing` and `problem` are the updater's words, in English. */
export interface FirmwareUpdate {
  id: string; version: string; bytes: number; state: 'checked' | 'installing' | 'installed' | 'failed'; percent: number; doing: string; problem: string;
  drivers: { name: string; version: string; lacks: string }[];
}
/** Of a machine that runs from an image; the version of a slot is empty where nobody knows what is in it. */
export interface Firmware { version: string; slot: string; slots: { name: string; version: string; runs: boolean; next: boolean; good: boolean }[]; update: FirmwareUpdate | null }
/** Null where a disk does not say. `errors` since it was made, `grown` within thirty days; `used` of its life, in percent. */
export interface HostDisk {
  device: string; protocol: string; model: string; serial: string; bytes: number | null; health: 'good' | 'failing' | 'unknown'; temperature: number | null; hot: boolean;
  hours: number | null; pending: number | null; errors: number | null; grown: number; erring: boolean; used: number | null; worn: boolean;
}
/** `asked` is null before the first time since the start. */
export interface HostDisks { asked: string | null; disks: HostDisk[] }
