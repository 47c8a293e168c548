import { Button, Checkbox } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Loading } from '../parts/Loading';
import { Nothing } from '../parts/Nothing';
import { ProblemView } from '../parts/ProblemView';
import { Size } from '../parts/Size';
import type { Entry } from '../rest/answers';
import { EntryName } from './EntryName';
import { modeText, nameOf, onlyThis } from './paths';
import { useEntries } from './questions';

/** The files and folders of one folder, a page at a time, however many there are. */
export function Entries({ id, path, chosen, onChoose, onGo }: {
  id: string; path: string; chosen: string[]; onChoose: (paths: string[]) => void; onGo: (path: string) => void;
}) {
  const { t, i18n } = useTranslation('restore');
  const pages = useEntries(id, path);
  if (pages.isError) return <ProblemView thrown={pages.error} onRetry={() => void pages.refetch()} />;
  if (!pages.data) return <Loading />;
  const entries = pages.data.pages.flatMap((page) => page.entries);
  if (entries.length === 0) return <Nothing title={t('tree.empty')}>{t('tree.emptyText')}</Nothing>;
  const toggle = (entry: Entry, on: boolean) => onChoose(on ? [...chosen, entry.path] : chosen.filter((one) => one !== entry.path));
  return (
    <>
      <Table aria-label={t('tree.label', { path })} variant="compact" className="az-table">
        <Thead>
          <Tr>
            <Th modifier="fitContent" screenReaderText={t('tree.choose')} /><Th>{t('tree.name')}</Th><Th modifier="fitContent">{t('tree.size')}</Th><Th>{t('tree.modified')}</Th>
            <Th>{t('tree.owner')}</Th><Th>{t('tree.mode')}</Th><Th screenReaderText={t('tree.versions')} />
          </Tr>
        </Thead>
        <Tbody>
          {entries.map((entry, row) => (
            <Tr key={entry.path} isRowSelected={chosen.includes(entry.path)}>
              <Td><Checkbox id={`entry-${row}`} aria-label={t('tree.chooseOne', { name: nameOf(entry.path) })} isChecked={chosen.includes(entry.path)} onChange={(_, on) => toggle(entry, on)} /></Td>
              <Td dataLabel={t('tree.name')}><EntryName entry={entry} onGo={onGo} /></Td>
              <Td dataLabel={t('tree.size')}>{entry.type === 'file' && <Size bytes={entry.size} />}</Td>
              <Td dataLabel={t('tree.modified')}>{new Date(entry.mtime).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })}</Td>
              <Td dataLabel={t('tree.owner')}>{[entry.user, entry.group].filter(Boolean).join(' : ')}</Td>
              <Td dataLabel={t('tree.mode')}><code>{modeText(entry.mode)}</code></Td>
              <Td>
                {entry.type === 'file' && (
                  <Link to={`/restore/search?name=${encodeURIComponent(onlyThis(entry.path))}`} aria-label={t('tree.versionsOf', { name: nameOf(entry.path) })}>{t('tree.versions')}</Link>
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {pages.hasNextPage && (
        <Button variant="link" isLoading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('tree.more', { count: entries.length })}</Button>
      )}
    </>
  );
}
