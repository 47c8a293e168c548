import { Button, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import { answer, api } from '../rest/api';
import { useWays } from '../rest/questions';
import { useSession } from '../rest/session';
import { knowsPasskeys, makePasskey } from '../signin/passkey';
import { Secret } from './Secret';
import { named, useChange, usePasskeys } from './questions';

/** One's own. */
export function Passkeys() {
  const { t } = useTranslation('settings');
  const ways = useWays();
  const session = useSession();
  if (session === 'unknown' || session?.caller.kind !== 'user') return <p>{t('passkeys.noUser')}</p>;
  return <Asked query={ways}>{({ passkeys }) => (passkeys && knowsPasskeys() ? <Own /> : <p>{t('passkeys.noHost')}</p>)}</Asked>;
}

function Own() {
  const { t } = useTranslation('settings');
  const passkeys = usePasskeys();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const make = useChange('passkeys', () => makePasskey(name, password));
  const remove = useChange('passkeys', (id: string) => answer(api.POST('/session/passkeys/{name}/remove', { ...named(id), body: password ? { password } : {} })));
  return (
    <>
      <p className="az-before">{t('passkeys.text')}</p>
      {make.data?.recovery.length ? <Secret title={t('passkeys.recovery')} value={make.data.recovery.join(' ')} /> : null}
      <Form className="az-entry az-before" onSubmit={(event) => { event.preventDefault(); make.mutate(undefined, { onSuccess: () => setName('') }); }}>
        <FormGroup label={t('passkeys.name')} fieldId="passkey-name" isRequired><TextInput id="passkey-name" value={name} onChange={(_, text) => setName(text)} autoComplete="off" /></FormGroup>
        <FormGroup label={t('passkeys.password')} fieldId="passkey-password">
          <TextInput id="passkey-password" type="password" autoComplete="current-password" value={password} onChange={(_, text) => setPassword(text)} aria-describedby="passkey-help" />
          <p id="passkey-help" className="az-help">{t('passkeys.passwordHelp')}</p>
        </FormGroup>
        {(make.isError || remove.isError) && <ProblemView thrown={make.error ?? remove.error} />}
        <div><Button type="submit" isDisabled={!name.trim()} isLoading={make.isPending}>{t('passkeys.make')}</Button></div>
      </Form>
      <Asked query={passkeys}>
        {(all) => (
          <Table aria-label={t('part.passkeys')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'host', 'made', 'used'] as const).map((column) => <Th key={column}>{t(`passkeys.${column}`)}</Th>)}<Th screenReaderText={t('passkeys.remove')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.id}>
                  <Td dataLabel={t('passkeys.name')}>{one.name}</Td>
                  <Td dataLabel={t('passkeys.host')}>{one.host}</Td>
                  <Td dataLabel={t('passkeys.made')}><When time={one.made} /></Td>
                  <Td dataLabel={t('passkeys.used')}>{one.used ? <When time={one.used} /> : t('passkeys.never')}</Td>
                  <Td><Button variant="link" isInline aria-label={t('passkeys.removeOne', { name: one.name })} onClick={() => remove.mutate(one.id)}>{t('passkeys.remove')}</Button></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
    </>
  );
}
