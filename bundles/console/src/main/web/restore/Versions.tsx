import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Size } from '../parts/Size';
import type { Version } from '../rest/answers';
import { folderOf, nameOf } from './paths';
import { useSnapshots } from '../rest/questions';

/** Newest first for each path; a link opens the folder in the last snapshot that has this version. */
export function Versions({ versions }: { versions: Version[] }) {
  const { t, i18n } = useTranslation('restore');
  const snapshots = useSnapshots().data ?? [];
  const time = (id: string) => {
    const one = snapshots.find((snapshot) => snapshot.id === id);
    return one ? new Date(one.time).toLocaleString(i18n.language, { dateStyle: 'short', timeStyle: 'short' }) : id.slice(0, 8);
  };
  const inFolder = (one: Version) => (one.type === 'directory'
    ? `/restore/${one.last}?${new URLSearchParams({ path: one.path })}`
    : `/restore/${one.last}?${new URLSearchParams({ path: folderOf(one.path), file: one.path })}`);
  const sorted = versions.toSorted((a, b) => a.path.localeCompare(b.path) || b.mtime.localeCompare(a.mtime));
  return (
    <Table aria-label={t('versions.label')} variant="compact" className="az-table">
      <Thead>
        <Tr>
          <Th>{t('versions.name')}</Th><Th>{t('versions.folder')}</Th><Th modifier="fitContent">{t('versions.size')}</Th><Th>{t('versions.modified')}</Th>
          <Th>{t('versions.client')}</Th><Th>{t('versions.in')}</Th><Th screenReaderText={t('versions.restore')} />
        </Tr>
      </Thead>
      <Tbody>
        {sorted.map((one) => (
          <Tr key={`${one.path} ${one.client} ${one.first} ${one.mtime}`}>
            <Td dataLabel={t('versions.name')} modifier="breakWord"><Link to={inFolder(one)}>{nameOf(one.path)}</Link></Td>
            <Td dataLabel={t('versions.folder')} modifier="breakWord">{folderOf(one.path)}</Td>
            <Td dataLabel={t('versions.size')}>{one.type === 'file' && <Size bytes={one.size} />}</Td>
            <Td dataLabel={t('versions.modified')}>{new Date(one.mtime).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}</Td>
            <Td dataLabel={t('versions.client')}>{t('versions.clientSet', { client: one.client, saveSet: one.saveSet })}</Td>
            <Td dataLabel={t('versions.in')}>{t('versions.range', { count: one.snapshots, first: time(one.first), last: time(one.last) })}</Td>
            <Td>
              <Link to={`/restore/${one.last}?${new URLSearchParams({ path: folderOf(one.path), file: one.path, order: '' })}`}
                aria-label={t('versions.restoreThis', { name: nameOf(one.path) })}>{t('versions.restore')}</Link>
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
