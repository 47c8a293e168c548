import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import { answer, api } from '../rest/api';
import { useChange, useOutbox } from './questions';

/** What was not taken yet, and why. */
export function Outbox() {
  const { t } = useTranslation('settings');
  const waiting = useOutbox().data ?? [];
  const at = (notice: number) => ({ params: { path: { notice } } });
  const retry = useChange('outbox', (id: number) => answer(api.POST('/notifications/outbox/{notice}/retry', at(id))));
  const drop = useChange('outbox', (id: number) => answer(api.DELETE('/notifications/outbox/{notice}', at(id))));
  if (waiting.length === 0) return null;
  return (
    <>
      <h2 className="az-after">{t('told.waiting')}</h2>
      {[retry, drop].map((one, index) => one.isError && <ProblemView key={index} thrown={one.error} />)}
      <Table aria-label={t('told.waiting')} variant="compact" className="az-table">
        <Thead><Tr>{(['name', 'what', 'problem', 'next'] as const).map((column) => <Th key={column}>{t(`told.${column}`)}</Th>)}<Th screenReaderText={t('told.actions')} /></Tr></Thead>
        <Tbody>
          {waiting.map(({ id, target, subject, problem, due }) => (
            <Tr key={id}>
              <Td dataLabel={t('told.name')}>{target}</Td>
              <Td dataLabel={t('told.what')} lang="en">{subject}</Td>
              <Td dataLabel={t('told.problem')} lang="en">{problem}</Td>
              <Td dataLabel={t('told.next')}>{due ? <When time={due} /> : t('told.lost')}</Td>
              <Td>
                <Button variant="link" isInline aria-label={t('told.retryOne', { id })} onClick={() => retry.mutate(id)}>{t('told.retry')}</Button>{' '}
                <Button variant="link" isInline isDanger aria-label={t('told.forgetOne', { id })} onClick={() => drop.mutate(id)}>{t('told.forget')}</Button>
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
