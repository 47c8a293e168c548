/** `doing` and `problem` are the updater's words, in English. */
export interface FirmwareUpdate {
  id: string; version: string; bytes: number; state: 'checked' | 'installing' | 'installed' | 'failed'; percent: number; doing: string; problem: string;
  drivers: { name: string; version: string; lacks: string }[];
}
/** Of a machine that runs from an image; the version of a slot is empty where nobody knows what is in it. */
export interface Firmware { version: string; slot: string; slots: { name: string; version: string; runs: boolean; next: boolean; good: boolean }[]; update: FirmwareUpdate | null }
