import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../rest/api';

const all = { params: { path: {} } };

export const useProofs = () => useQuery({ queryKey: ['proofs'], queryFn: () => answer(api.GET('/proofs', { params: { query: { limit: 20 } } })) });
export const usePlans = () => useQuery({ queryKey: ['drill-plans'], queryFn: () => answer(api.GET('/drill-plans', all)) });
