import { Alert, Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loading } from '../parts/Loading';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';

const PAGE = 50;

/** Who did what, newest first; each line's hash covers the one before, and that can be looked at. */
export function Audit() {
  const { t, i18n } = useTranslation('proof');
  const lines = useInfiniteQuery({
    queryKey: ['audit'],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) => answer(api.GET('/audit', { params: { query: { below: pageParam, limit: PAGE } } })),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)!.number),
  });
  const check = useMutation({ mutationFn: () => answer(api.GET('/audit/verify')) });
  if (lines.isError) return <ProblemView thrown={lines.error} onRetry={() => void lines.refetch()} />;
  if (!lines.data) return <Loading />;
  return (
    <>
      <Button variant="secondary" className="az-before" onClick={() => check.mutate()} isLoading={check.isPending}>{t('audit.check')}</Button>
      {check.data && (
        <div role="status"><Alert isInline className="az-before" variant={check.data.whole ? 'success' : 'danger'}
          title={check.data.whole ? t('audit.whole', { count: check.data.entries }) : check.data.broken !== null ? t('audit.broken', { number: check.data.broken })
            : t('audit.cut', { last: check.data.entries, media: check.data.onMedia })} /></div>
      )}
      {check.isError && <ProblemView thrown={check.error} />}
      <Table aria-label={t('audit.title')} variant="compact" className="az-table">
        <Thead><Tr>{(['number', 'time', 'who', 'operation', 'object', 'outcome'] as const).map((column) => <Th key={column}>{t(`audit.${column}`)}</Th>)}</Tr></Thead>
        <Tbody>
          {lines.data.pages.flat().map((line) => (
            <Tr key={line.number}>
              <Td dataLabel={t('audit.number')}>{line.number}</Td>
              <Td dataLabel={t('audit.time')} className="az-time">{new Date(line.time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' })}</Td>
              <Td dataLabel={t('audit.who')}>{line.from && !line.who.includes(line.from) ? t('audit.whoFrom', { who: line.who, from: line.from }) : line.who}</Td>
              <Td dataLabel={t('audit.operation')}>{line.operation}</Td>
              <Td dataLabel={t('audit.object')}>{line.object}</Td>
              <Td dataLabel={t('audit.outcome')}>{line.outcome}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {lines.hasNextPage && <Button variant="link" isLoading={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>{t('audit.more')}</Button>}
    </>
  );
}
