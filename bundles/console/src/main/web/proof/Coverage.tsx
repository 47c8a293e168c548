import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Volume } from '../rest/answers';
import { answer, api } from '../rest/api';
import { useVolumes } from '../rest/questions';

/** Volumes are asked one by one; of more than these the media page tells. */
const MOST = 100;

/** Since when all of each volume was read, the longest ago first. */
export function Coverage() {
  const volumes = useVolumes();
  return <Asked query={volumes}>{(all) => <Rows volumes={all.filter((one) => one.used > 0).slice(0, MOST)} />}</Asked>;
}

function Rows({ volumes }: { volumes: Volume[] }) {
  const { t } = useTranslation('proof');
  const each = useQueries({
    queries: volumes.map(({ label }) => ({ queryKey: ['volumes', label], queryFn: () => answer(api.GET('/volumes/{name}', { params: { path: { name: label } } })) })),
    combine: (all) => all.flatMap(({ data }) => (data ? [data] : [])),
  });
  if (volumes.length === 0) return <p>{t('coverage.none')}</p>;
  const sorted = each.filter((one) => one.packs > 0).toSorted((a, b) => (a.unread ?? '').localeCompare(b.unread ?? ''));
  return (
    <Table aria-label={t('coverage.title')} variant="compact" className="az-table">
      <Thead><Tr>{(['volume', 'pool', 'state', 'packs', 'since'] as const).map((column) => <Th key={column}>{t(`coverage.${column}`)}</Th>)}</Tr></Thead>
      <Tbody>
        {sorted.map((one) => (
          <Tr key={one.id}>
            <Td dataLabel={t('coverage.volume')}><Link to={`/media/volumes/${encodeURIComponent(one.label)}`}>{one.label}</Link></Td>
            <Td dataLabel={t('coverage.pool')}>{one.pool ?? '–'}</Td>
            <Td dataLabel={t('coverage.state')}><StateLabel state={one.state} /></Td>
            <Td dataLabel={t('coverage.packs')}>{one.packs}</Td>
            <Td dataLabel={t('coverage.since')}><When time={one.unread} /></Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
