import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { When } from '../parts/When';
import { answer, api } from '../rest/api';
import { Grant, type Granted } from './Grant';
import { Secret } from './Secret';
import { UserActions } from './UserActions';
import { useChange, useUsers } from './questions';

export function Users() {
  const { t } = useTranslation('settings');
  const users = useUsers();
  const [making, setMaking] = useState(false);
  const [told, setTold] = useState<{ name: string; password: string } | null>(null);
  const make = useChange('users', (granted: Granted) => answer(api.POST('/users', { body: granted })));
  const tell = ({ name, password }: { name: string; password: string | null }) => setTold(password === null ? null : { name, password });
  return (
    <>
      <Button className="az-before" onClick={() => { make.reset(); setMaking(true); }}>{t('users.make')}</Button>
      {told && <Secret title={t('users.told', { name: told.name })} value={told.password} />}
      <Asked query={users}>
        {(all) => (
          <Table aria-label={t('part.users')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'role', 'clients', 'factor', 'seen'] as const).map((column) => <Th key={column}>{t(`users.${column}`)}</Th>)}<Th screenReaderText={t('users.actions')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.name}>
                  <Td dataLabel={t('users.name')}>{one.name} {one.disabled && <Label isCompact color="grey">{t('users.disabled')}</Label>} {one.once && <Label isCompact color="orange">{t('users.once')}</Label>} {one.sso !== null && <Label isCompact color="blue" title={one.sso}>{t('part.sso')}</Label>}</Td>
                  <Td dataLabel={t('users.role')}>{t(`role.${one.role}`)}</Td>
                  <Td dataLabel={t('users.clients')}>{one.clients.join(', ') || t('users.allClients')}</Td>
                  <Td dataLabel={t('users.factor')}>{t(`factor.${one.factor}`)}</Td>
                  <Td dataLabel={t('users.seen')}>{one.seen ? <When time={one.seen} /> : t('users.neverSeen')}</Td>
                  <Td><UserActions user={one} onTold={tell} /></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
      {making && <Grant title={t('users.make')} action={t('users.make')} error={make.error} isPending={make.isPending} onClose={() => setMaking(false)}
        onGrant={(granted) => make.mutate(granted, { onSuccess: (made) => { tell(made); setMaking(false); } })} />}
    </>
  );
}
