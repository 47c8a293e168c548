import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { When } from '../parts/When';
import { usePools, useSnapshots } from '../rest/questions';

/** What brings the appliance itself back after its machine is lost: for each pool a medium, and its recovery file. */
export function Appliance() {
  const { t } = useTranslation('settings');
  const pools = usePools();
  const snapshots = useSnapshots().data ?? [];
  return (
    <>
      <p className="az-before">{t('appliance.text')}</p>
      <Asked query={pools}>
        {(all) => (
          <Table aria-label={t('part.appliance')} variant="compact" className="az-table">
            <Thead><Tr>{(['pool', 'medium', 'last', 'file'] as const).map((column) => <Th key={column}>{t(`appliance.${column}`)}</Th>)}</Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.name}>
                  <Td dataLabel={t('appliance.pool')}>{one.name}</Td>
                  <Td dataLabel={t('appliance.medium')}>{t('appliance.on', { device: one.device, node: one.node })}</Td>
                  <Td dataLabel={t('appliance.last')}><When time={snapshots.findLast(({ pool }) => pool === one.name)?.time ?? null} /></Td>
                  <Td dataLabel={t('appliance.file')}>{one.keyExported ? <When time={one.keyExported} /> : <Link to="/settings/keys">{t('keys.never')}</Link>}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
      <p className="az-after"><Link to="/begin/return">{t('appliance.return')}</Link></p>
      <p className="az-after"><code>{t('appliance.rebuild')}</code></p>
    </>
  );
}
