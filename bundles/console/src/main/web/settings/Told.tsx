import { Alert, Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { NewTarget } from './NewTarget';
import { Outbox } from './Outbox';
import { named, useChange, useTargets } from './questions';

/** Who is told what happens; whether it works; and what waits. */
export function Told() {
  const { t } = useTranslation('settings');
  const targets = useTargets();
  const [making, setMaking] = useState(false);
  const turn = useChange('targets', ({ name, enabled }: { name: string; enabled: boolean }) => answer(api.PATCH('/notifications/targets/{name}', { ...named(name), body: { enabled } })));
  const drop = useChange('targets', (name: string) => answer(api.DELETE('/notifications/targets/{name}', named(name))));
  const test = useChange('targets', (name: string) => answer(api.POST('/notifications/targets/{name}/test', named(name))));
  return (
    <>
      <p className="az-before">{t('told.text')}</p>
      <Button className="az-before" onClick={() => setMaking(true)}>{t('told.make')}</Button>
      {test.isSuccess && <Alert isInline variant="success" className="az-before" title={t('told.taken', { name: test.variables })}><span lang="en">{test.data.answer}</span></Alert>}
      {[test, turn, drop].map((one, at) => one.isError && <ProblemView key={at} thrown={one.error} />)}
      <Asked query={targets}>
        {(all) => (all.length === 0 ? <Nothing title={t('told.none')}>{t('told.noneText')}</Nothing> : (
          <Table aria-label={t('part.told')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'kind', 'to', 'match', 'state'] as const).map((column) => <Th key={column}>{t(`told.${column}`)}</Th>)}<Th screenReaderText={t('told.actions')} /></Tr></Thead>
            <Tbody>
              {all.map(({ name, kind, enabled, settings, match }) => (
                <Tr key={name}>
                  <Td dataLabel={t('told.name')}>{name}</Td>
                  <Td dataLabel={t('told.kind')}>{t(`told.${kind}`)}</Td>
                  <Td dataLabel={t('told.to')}>{settings.to ?? (settings.url ? new URL(settings.url).host : '')}</Td>
                  <Td dataLabel={t('told.match')}>{Object.entries(match).map(([field, patterns]) => `${field}=${patterns.join(',')}`).join(' ') || t('told.usual')}</Td>
                  <Td dataLabel={t('told.state')}>{t(enabled ? 'told.on' : 'told.off')}</Td>
                  <Td>
                    <Button variant="link" isInline isLoading={test.isPending && test.variables === name} aria-label={t('told.testOne', { name })} onClick={() => test.mutate(name)}>{t('told.test')}</Button>{' '}
                    <Button variant="link" isInline aria-label={t(enabled ? 'told.turnOffOne' : 'told.turnOnOne', { name })} onClick={() => turn.mutate({ name, enabled: !enabled })}>{t(enabled ? 'told.turnOff' : 'told.turnOn')}</Button>{' '}
                    <Button variant="link" isInline isDanger aria-label={t('told.dropOne', { name })} onClick={() => drop.mutate(name)}>{t('told.drop')}</Button>
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        ))}
      </Asked>
      <Outbox />
      {making && <NewTarget onClose={() => setMaking(false)} />}
    </>
  );
}
