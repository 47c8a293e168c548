import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import { answer, api } from '../rest/api';
import { Grant, type Granted } from './Grant';
import { Secret } from './Secret';
import { named, useChange, useTokens } from './questions';

/** For programs: each may what its role may, for 90 days. */
export function Tokens() {
  const { t } = useTranslation('settings');
  const tokens = useTokens();
  const [making, setMaking] = useState(false);
  const make = useChange('tokens', (granted: Granted) => answer(api.POST('/tokens', { body: granted })));
  const drop = useChange('tokens', (name: string) => answer(api.DELETE('/tokens/{name}', named(name))));
  return (
    <>
      <Button className="az-before" onClick={() => { make.reset(); setMaking(true); }}>{t('tokens.make')}</Button>
      {make.data && !making && <Secret title={t('tokens.told', { name: make.data.name })} value={make.data.token} />}
      {drop.isError && <ProblemView thrown={drop.error} />}
      <Asked query={tokens}>
        {(all) => (all.length === 0 ? <Nothing title={t('tokens.none')}>{t('tokens.noneText')}</Nothing> : (
          <Table aria-label={t('part.tokens')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'role', 'clients', 'by', 'expires', 'used'] as const).map((column) => <Th key={column}>{t(`tokens.${column}`)}</Th>)}<Th screenReaderText={t('tokens.drop')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.name}>
                  <Td dataLabel={t('tokens.name')}>{one.name}</Td>
                  <Td dataLabel={t('tokens.role')}>{t(`role.${one.role}`)}</Td>
                  <Td dataLabel={t('tokens.clients')}>{one.clients.join(', ') || t('users.allClients')}</Td>
                  <Td dataLabel={t('tokens.by')}>{one.by}</Td>
                  <Td dataLabel={t('tokens.expires')}>{one.expires ? <When time={one.expires} /> : t('tokens.never')}</Td>
                  <Td dataLabel={t('tokens.used')}><When time={one.used} /></Td>
                  <Td><Button variant="link" isInline isDanger aria-label={t('tokens.dropOne', { name: one.name })} onClick={() => drop.mutate(one.name)}>{t('tokens.drop')}</Button></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        ))}
      </Asked>
      {making && <Grant title={t('tokens.make')} action={t('tokens.make')} error={make.error} isPending={make.isPending} onClose={() => setMaking(false)}
        onGrant={(granted) => make.mutate(granted, { onSuccess: () => setMaking(false) })} />}
    </>
  );
}
