import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { SpreadLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { SaveSet } from '../rest/answers';
import { useSnapshots } from '../rest/questions';
import { pattern } from './draft';
import { useSpread } from './questions';

export function SaveSetTable({ saveSets }: { saveSets: SaveSet[] }) {
  const { t } = useTranslation('protection');
  const snapshots = useSnapshots().data ?? [];
  const spread = useSpread().data ?? [];
  const isOf = (set: SaveSet) => (one: { client: string; saveSet: string }) => one.client === set.client && one.saveSet === set.name;
  const far = (set: SaveSet) => spread.find(isOf(set))?.spread;
  return (
    <Table variant="compact" aria-label={t('saveSets')} className="az-table">
      <Thead><Tr><Th>{t('name')}</Th><Th>{t('client')}</Th><Th>{t('paths')}</Th><Th>{t('excludes')}</Th><Th>{t('lastBackup')}</Th><Th>{t('spread')}</Th></Tr></Thead>
      <Tbody>
        {saveSets.map((set) => (
          <Tr key={`${set.client} ${set.name}`}>
            <Td dataLabel={t('name')}><Link to={`/protection/save-sets/${encodeURIComponent(set.client)}/${encodeURIComponent(set.name)}`}>{set.name}</Link></Td>
            <Td dataLabel={t('client')}>{set.client}</Td>
            <Td dataLabel={t('paths')}><code>{set.dump ?? set.paths.join(' ')}</code></Td>
            <Td dataLabel={t('excludes')}><code>{set.rules.filter((rule) => !rule.include).map(pattern).join(' ') || '–'}</code></Td>
            <Td dataLabel={t('lastBackup')}><When time={snapshots.findLast(isOf(set))?.time} /></Td>
            <Td dataLabel={t('spread')}>{far(set) ? <SpreadLabel state={far(set)!.state} /> : '–'}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
