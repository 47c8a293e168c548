import { Alert, Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Request } from '../rest/access';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { isOf, useRequests } from '../rest/requests';
import { useSession } from '../rest/session';
import { Act } from './Act';

const numbered = (number: number) => ({ params: { path: { number } } });

/** Dangerous acts that wait or waited, the newest first: what, who, until when; and the second person's word. */
export function Requests() {
  const { t } = useTranslation('settings');
  const requests = useRequests();
  const session = useSession();
  const news = { onSettled: () => void cache.invalidateQueries({ queryKey: ['requests'] }) };
  const confirm = useMutation({ mutationFn: (one: Request) => answer(api.POST('/requests/{number}/confirm', { ...numbered(one.request), body: { hash: one.hash } })), ...news });
  const refuse = useMutation({ mutationFn: (one: Request) => answer(api.POST('/requests/{number}/refuse', { ...numbered(one.request), body: {} })), ...news });
  const fetched = useMutation({ mutationFn: (one: Request) => answer(api.POST('/requests/{number}/answer', numbered(one.request))) });
  const failed = [confirm, refuse, fetched].find((one) => one.isError);
  return (
    <>
      {failed && <ProblemView thrown={failed.error} />}
      {fetched.data && <Alert isInline variant="info" className="az-before" title={t('danger.told', { number: fetched.data.request })}><pre>{fetched.data.text}</pre></Alert>}
      <Asked query={requests}>
        {(all) => (all.length === 0 ? <Nothing title={t('danger.none')}>{t('danger.noneText')}</Nothing> : (
          <Table aria-label={t('danger.requests')} variant="compact" className="az-table">
            <Thead><Tr>{(['number', 'state', 'what', 'by', 'due'] as const).map((column) => <Th key={column}>{t(`danger.${column}`)}</Th>)}<Th screenReaderText={t('users.actions')} /></Tr></Thead>
            <Tbody>
              {all.toReversed().map((one) => {
                const own = isOf(session, one.by);
                return (
                  <Tr key={one.request}>
                    <Td dataLabel={t('danger.number')}>{one.request}</Td>
                    <Td dataLabel={t('danger.state')}><StateLabel state={one.state} />{one.why && <small lang="en"> {one.why}</small>}</Td>
                    <Td dataLabel={t('danger.what')}><Act one={one} /></Td>
                    <Td dataLabel={t('danger.by')}>{one.by}{one.confirmedBy && `, ${one.confirmedBy}`}</Td>
                    <Td dataLabel={t('danger.due')}><When time={one.ended ?? one.due} /></Td>
                    <Td>
                      {one.state === 'waiting' && !own && <Button size="sm" variant="secondary" aria-label={t('danger.confirmOne', { number: one.request })} onClick={() => confirm.mutate(one)}>{t('danger.confirm')}</Button>}
                      {(one.state === 'waiting' || one.state === 'confirmed') && <Button size="sm" variant="link" isDanger aria-label={t('danger.refuseOne', { number: one.request })} onClick={() => refuse.mutate(one)}>{t('danger.refuse')}</Button>}
                      {one.state === 'done' && own && <Button size="sm" variant="link" aria-label={t('danger.answerOne', { number: one.request })} onClick={() => fetched.mutate(one)}>{t('danger.answer')}</Button>}
                    </Td>
                  </Tr>
                );
              })}
            </Tbody>
          </Table>
        ))}
      </Asked>
    </>
  );
}
