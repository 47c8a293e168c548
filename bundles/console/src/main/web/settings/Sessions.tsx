import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import { answer, api } from '../rest/api';
import { named, useChange, useSessions } from './questions';

/** Browsers that are signed in now. @param of whose; all that one may see if left out */
export function Sessions({ of }: { of?: string }) {
  const { t } = useTranslation('settings');
  const sessions = useSessions();
  const end = useChange('sessions', (id: string) => answer(api.DELETE('/sessions/{name}', named(id))));
  return (
    <>
      {end.isError && <ProblemView thrown={end.error} />}
      <Asked query={sessions}>
        {(all) => (
          <Table aria-label={t('part.sessions')} variant="compact" className="az-table">
            <Thead><Tr>{(['who', 'from', 'opened', 'used', 'expires'] as const).map((column) => <Th key={column}>{t(`sessions.${column}`)}</Th>)}<Th screenReaderText={t('sessions.end')} /></Tr></Thead>
            <Tbody>
              {all.filter((one) => of === undefined || one.caller.name === of).map((one) => (
                <Tr key={one.id}>
                  <Td dataLabel={t('sessions.who')}>{t('sessions.caller', { name: one.caller.name, role: t(`role.${one.caller.role}`) })}</Td>
                  <Td dataLabel={t('sessions.from')}>{one.from || t('sessions.here')}</Td>
                  <Td dataLabel={t('sessions.opened')}><When time={one.opened} /></Td>
                  <Td dataLabel={t('sessions.used')}><When time={one.used} /></Td>
                  <Td dataLabel={t('sessions.expires')}><When time={one.expires} /></Td>
                  <Td><Button variant="link" isInline aria-label={t('sessions.endOne', { name: one.caller.name })} onClick={() => end.mutate(one.id)}>{t('sessions.end')}</Button></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
    </>
  );
}
