import { useQuery } from '@tanstack/react-query';
import i18next from 'i18next';
import type { Driver } from '../rest/answers';
import { answer, api } from '../rest/api';

/** What can be set of a driver's devices, in the language of the page. */
export const useSchema = (name: string | null, node?: string) => useQuery({
  queryKey: ['schema', name, node ?? '', i18next.language],
  queryFn: () => answer(api.GET('/drivers/{name}/schema', { params: { path: { name: name! }, query: { language: i18next.language, node } } })),
  enabled: name !== null,
  staleTime: Infinity,
});

/** Transports and the catalog store come and go like drivers, but make no devices; they are called so. */
export const makesDevices = ({ name }: Driver) => !/^(transport|catalog)-/.test(name);
