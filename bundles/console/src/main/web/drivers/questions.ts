import { useMutation, useQuery } from '@tanstack/react-query';
import type { Device } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

export const touched = () => ['devices', 'drivers', 'libraries', 'pools'].forEach((list) => void cache.invalidateQueries({ queryKey: [list] }));

export const of = ({ name, node }: Device) => ({ params: { path: { name }, query: { node } } });

/** Tries a device, or forgets it. */
export const useDeviceOrder = (order: 'test' | 'remove') => useMutation({
  mutationFn: async (device: Device) => (order === 'test' ? void await answer(api.POST('/devices/{name}/test', of(device))) : void await answer(api.DELETE('/devices/{name}', of(device)))),
  onSettled: touched,
});

export const useDeviceSettings = (device: Device) =>
  useQuery({ queryKey: ['device-settings', device.node, device.name], queryFn: () => answer(api.GET('/devices/{name}/settings', of(device))), staleTime: 0, gcTime: 0 });

export const usePublishers = () => useQuery({ queryKey: ['publishers'], queryFn: () => answer(api.GET('/publishers')) });
