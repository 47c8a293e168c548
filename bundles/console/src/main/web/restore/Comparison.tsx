import { Button, Label, PageSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Loading } from '../parts/Loading';
import { Nothing } from '../parts/Nothing';
import { PageTitle } from '../parts/PageTitle';
import { ProblemView } from '../parts/ProblemView';
import type { Difference, Snapshot } from '../rest/answers';
import { folderOf } from './paths';
import { useSnapshots } from '../rest/questions';
import { useDifferences } from './questions';

const COLORS: Record<string, 'green' | 'red' | 'blue' | 'grey'> = { added: 'green', removed: 'red', modified: 'blue', metadata: 'grey' };

/** What became of the files between two snapshots, from the older to the newer. */
export function Comparison() {
  const { id, other } = useParams();
  const snapshots = useSnapshots();
  return (
    <Asked query={snapshots}>
      {(all) => {
        const two = all.filter((one) => one.id === id || one.id === other);
        return two.length === 2 ? <Between before={two[0]} now={two[1]} /> : <ProblemView thrown={new Error(`${id} ${other}`)} />;
      }}
    </Asked>
  );
}

function Between({ before, now }: { before: Snapshot; now: Snapshot }) {
  const { t, i18n } = useTranslation('restore');
  const pages = useDifferences(before.id, now.id);
  const time = (one: Snapshot) => new Date(one.time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  const rows = pages.data?.pages.flatMap((page) => page.differences) ?? [];
  const at = ({ path, change }: Difference) => `/restore/${change === 'removed' ? before.id : now.id}?${new URLSearchParams({ path: folderOf(path), file: path })}`;
  return (
    <>
      <PageTitle text={t('compare.text', { saveSet: before.saveSet, client: before.client, before: time(before), now: time(now) })}>{t('compare.title')}</PageTitle>
      <PageSection isFilled>
        {pages.isError && <ProblemView thrown={pages.error} onRetry={() => void pages.refetch()} />}
        {pages.isPending && <Loading />}
        {pages.data && rows.length === 0 && <Nothing title={t('compare.same')}>{t('compare.sameText')}</Nothing>}
        {rows.length > 0 && (
          <Table aria-label={t('compare.title')} variant="compact" className="az-table">
            <Thead><Tr><Th modifier="fitContent">{t('compare.change')}</Th><Th>{t('compare.path')}</Th></Tr></Thead>
            <Tbody>
              {rows.map((row) => (
                <Tr key={row.path}>
                  <Td dataLabel={t('compare.change')}><Label isCompact variant="outline" color={COLORS[row.change] ?? 'grey'}>{t(`compare.${row.change}`)}</Label></Td>
                  <Td dataLabel={t('compare.path')} modifier="breakWord"><Link to={at(row)}>{row.path}</Link></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
        {pages.hasNextPage && <Button variant="link" isLoading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>{t('more')}</Button>}
      </PageSection>
    </>
  );
}
