import { useQuery } from '@tanstack/react-query';
import { answer, api } from './api';

/** Null where a disk does not say. `errors` since it was made, `grown` within thirty days; `used` of its life, in percent. */
export interface DiskHealth {
  device: string; protocol: string; verdict: 'good' | 'failing' | 'unknown'; temperature: number | null; hot: boolean; hours: number | null; pending: number | null;
  errors: number | null; grown: number; erring: boolean; used: number | null; worn: boolean;
}
/** `holds` is what is on it; `hindrance` says in English why it can't be taken at all; `health` is null before it has said anything. */
export interface Disk { name: string; serial: string; model: string; bytes: number; holds: string; hindrance: string; set: string; health: DiskHealth | null }
export type DiskLevel = 'single' | 'mirror' | 'raid10' | 'raid6';
export interface DiskSet { name: string; state: 'whole' | 'degraded' | 'missing' | 'unmounted' | 'found'; level: DiskLevel; bytes: number; disks: string[]; lacks: number; folder: string }
/** `asked` for their health; null before the first time since the start. */
export interface Disks { asked: string | null; disks: Disk[]; sets: DiskSet[] }
export interface NewDiskSet { name: string; level: DiskLevel; disks: string[]; erase: string[] }

/** Fails where the appliance does not run from an image. */
export const useDisks = () => useQuery({ queryKey: ['disks'], queryFn: () => answer(api.GET('/appliance/disks')), retry: false });

/** Those that pools can be made on. */
export const mounted = (sets: DiskSet[]) => sets.filter(({ state }) => state === 'whole' || state === 'degraded');
