import { Button, PageSection } from '@patternfly/react-core';
import CubesIcon from '@patternfly/react-icons/dist/esm/icons/cubes-icon';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { When } from '../parts/When';
import { Filled } from './Filled';
import { NewPool } from './NewPool';
import { usePools } from '../rest/questions';

export function Pools() {
  const { t } = useTranslation('media');
  const pools = usePools();
  const [making, setMaking] = useState(false);
  return (
    <PageSection isFilled>
      <Button className="az-before" onClick={() => setMaking(true)}>{t('pools.make')}</Button>
      {making && <NewPool onClose={() => setMaking(false)} />}
      <Asked query={pools}>
        {(all) => (all.length === 0 ? <Nothing title={t('pools.none')} icon={CubesIcon}>{t('pools.noneText')}</Nothing> : (
          <Table aria-label={t('part.pools')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'driver', 'node', 'used', 'exported'] as const).map((column) => <Th key={column}>{t(`pools.${column}`)}</Th>)}</Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.name}>
                  <Td dataLabel={t('pools.name')}><Link to={`/media/pools/${one.name}`}>{one.name}</Link></Td>
                  <Td dataLabel={t('pools.driver')}>{t('pools.onDevice', { driver: one.driver, device: one.device as string })}</Td>
                  <Td dataLabel={t('pools.node')}>{one.node}</Td>
                  <Td dataLabel={t('pools.used')}><Filled used={one.used} capacity={one.capacity} /></Td>
                  <Td dataLabel={t('pools.exported')}>{one.keyExported ? <When time={one.keyExported as string} /> : <Link to="/settings/keys">{t('pools.never')}</Link>}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        ))}
      </Asked>
    </PageSection>
  );
}
