import { useQuery } from '@tanstack/react-query';
import { answer, api } from './api';
import type { Session } from './session';

/** Dangerous acts that wait or waited, oldest first. */
export const useRequests = (enabled = true) => useQuery({ queryKey: ['requests'], queryFn: () => answer(api.GET('/requests')), enabled });

/** Whether it was this one who asked. @param by as requests and the audit log name people */
export const isOf = (session: Session | null | 'unknown', by: string) => session !== null && session !== 'unknown' && by === `${session.caller.kind} ${session.caller.name}`;
