import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Count, Size } from '../parts/Size';
import { When } from '../parts/When';
import type { Snapshot } from '../rest/answers';

const SHOWN = 50;

/** Newest first. */
export function SnapshotTable({ snapshots }: { snapshots: Snapshot[] }) {
  const { t, i18n } = useTranslation('restore');
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <Table aria-label={t('table.label')} variant="compact" className="az-table">
        <Thead>
          <Tr>
            <Th>{t('table.time')}</Th><Th>{t('table.age')}</Th><Th modifier="fitContent">{t('table.files')}</Th><Th modifier="fitContent">{t('table.size')}</Th>
            <Th>{t('table.pool')}</Th><Th>{t('table.warnings')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {snapshots.slice(0, shown).map((one) => (
            <Tr key={one.id}>
              <Td dataLabel={t('table.time')}><Link to={`/restore/${one.id}`}>{new Date(one.time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' })}</Link></Td>
              <Td dataLabel={t('table.age')}><When time={one.time} /></Td>
              <Td dataLabel={t('table.files')}><Count value={one.files} /></Td>
              <Td dataLabel={t('table.size')}><Size bytes={one.bytes} /></Td>
              <Td dataLabel={t('table.pool')}>{one.pool}</Td>
              <Td dataLabel={t('table.warnings')}>{one.warnings > 0 ? <Link to={`/jobs/${one.job}`}>{t('table.warned', { count: one.warnings })}</Link> : t('table.fine')}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {snapshots.length > shown && <Button variant="link" onClick={() => setShown(shown + SHOWN)}>{t('more')}</Button>}
    </>
  );
}
