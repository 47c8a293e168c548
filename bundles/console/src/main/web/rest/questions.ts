import { useQuery } from '@tanstack/react-query';
import { answer, api } from './api';

const all = { params: { path: {} } };

/** No event tells of a server that is heard of no more, and one that stands by sends none. */
const SERVERS_AGAIN_MS = 10_000;

export const useStatus = () => useQuery({
  queryKey: ['status'], queryFn: () => answer(api.GET('/status', all)), refetchInterval: ({ state }) => (state.data && state.data.servers.length > 1 ? SERVERS_AGAIN_MS : false),
});
export const useAlerts = () => useQuery({ queryKey: ['alerts'], queryFn: () => answer(api.GET('/alerts', all)) });
export const usePools = () => useQuery({ queryKey: ['pools'], queryFn: () => answer(api.GET('/pools', all)) });
export const useSnapshots = () => useQuery({ queryKey: ['snapshots'], queryFn: () => answer(api.GET('/snapshots', all)) });
export const useSaveSets = () => useQuery({ queryKey: ['save-sets'], queryFn: () => answer(api.GET('/save-sets', all)) });
/** Of each copy of each save set when a drill proved it last. */
export const useProven = () => useQuery({ queryKey: ['proven'], queryFn: () => answer(api.GET('/proven', all)) });
export const usePolicies = () => useQuery({ queryKey: ['policies'], queryFn: () => answer(api.GET('/policies', all)) });
export const useClients = () => useQuery({ queryKey: ['clients'], queryFn: () => answer(api.GET('/clients', all)) });
export const useHosts = () => useQuery({ queryKey: ['hosts'], queryFn: () => answer(api.GET('/hosts', all)) });
export const useVolumes = () => useQuery({ queryKey: ['volumes'], queryFn: () => answer(api.GET('/volumes', all)) });
export const useLibraries = () => useQuery({ queryKey: ['libraries'], queryFn: () => answer(api.GET('/libraries', all)) });
export const useDrivers = () => useQuery({ queryKey: ['drivers'], queryFn: () => answer(api.GET('/drivers', all)) });
export const useDevices = () => useQuery({ queryKey: ['devices'], queryFn: () => answer(api.GET('/devices', all)) });
/** How one can sign in; asked by who is not signed in, too. */
export const useWays = () => useQuery({ queryKey: ['ways'], queryFn: () => answer(api.GET('/session/ways', all)) });
