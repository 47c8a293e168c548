import { useQuery } from '@tanstack/react-query';
import { answer, api } from './api';

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

/** `holds` is what is on it; `hindrance` says in English why it can't be taken at all. */
export interface DataDisk { name: string; serial: string; model: string; bytes: number; holds: string; hindrance: string }
export type DiskLevel = 'single' | 'mirror' | 'raid10' | 'raid6';
export interface DiskSet { name: string; state: 'whole' | 'degraded' | 'missing' | 'unmounted' | 'found'; level: DiskLevel; bytes: number; disks: string[]; lacks: number; folder: string }
export interface DataDisks { disks: DataDisk[]; sets: DiskSet[] }
export interface NewDiskSet { name: string; level: DiskLevel; disks: string[]; erase: string[] }

/** Fails where the appliance does not run from an image. */
export const useDisks = () => useQuery({ queryKey: ['disks'], queryFn: () => answer(api.GET('/appliance/disks')), retry: false });
