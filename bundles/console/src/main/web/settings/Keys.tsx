import { Alert, Button, Form, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import { usePools } from '../rest/questions';
import { BringKey } from './BringKey';
import { Line } from './Line';
import { saveRecovery } from './recovery';

/** Without a pool's recovery file nobody reads its media if this machine is lost. */
export function Keys() {
  const { t } = useTranslation('settings');
  const pools = usePools();
  const [passphrase, setPassphrase] = useState('');
  const save = useMutation({ mutationFn: (pool: string) => saveRecovery(pool, passphrase) });
  return (
    <>
      <Alert isInline variant="info" title={t('keys.why')} className="az-before">{t('keys.secret')}</Alert>
      <Form isWidthLimited className="az-before" onSubmit={(event) => event.preventDefault()}><Line id="passphrase" label={t('keys.passphrase')} value={passphrase} onChange={setPassphrase} isSecret="new-password" help={t('keys.passphraseHelp')} /></Form>
      {save.isError && <ProblemView thrown={save.error} />}
      <Asked query={pools}>
        {(all) => (
          <Table aria-label={t('part.keys')} variant="compact" className="az-table">
            <Thead><Tr><Th>{t('keys.pool')}</Th><Th>{t('keys.exported')}</Th><Th screenReaderText={t('keys.save')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.name}>
                  <Td dataLabel={t('keys.pool')}>{one.name}</Td>
                  <Td dataLabel={t('keys.exported')}>{one.keyExported ? <When time={one.keyExported as string} /> : t('keys.never')}</Td>
                  <Td><Button variant="secondary" size="sm" aria-label={t('keys.saveOne', { pool: one.name })} isLoading={save.isPending && save.variables === one.name} onClick={() => save.mutate(one.name)}>{t('keys.save')}</Button></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
      <Title headingLevel="h2" className="az-after az-before">{t('keys.import')}</Title>
      <BringKey />
    </>
  );
}
