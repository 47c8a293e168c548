import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useJobs } from '../jobs/questions';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { Count, Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import { answer, api } from '../rest/api';

const SHOWN = 10;

/** The last verifies, newest first. */
export function Verifies() {
  const { t } = useTranslation('proof');
  const jobs = useJobs();
  const order = useMutation({ mutationFn: () => answer(api.POST('/jobs', { body: { kind: 'verify', depth: 'checksums' } })) });
  return (
    <>
      <Button variant="secondary" className="az-before" onClick={() => order.mutate()} isLoading={order.isPending}>{t('verifies.all')}</Button>
      {order.isError && <ProblemView thrown={order.error} />}
      <Asked query={jobs}>
        {(all) => {
          const verifies = all.filter((job) => job.kind === 'verify').reverse().slice(0, SHOWN);
          if (verifies.length === 0) return <p>{t('verifies.none')}</p>;
          return (
            <Table aria-label={t('verifies.title')} variant="compact" className="az-table">
              <Thead><Tr>{(['job', 'state', 'pool', 'when', 'packs', 'size'] as const).map((column) => <Th key={column}>{t(`verifies.${column}`)}</Th>)}</Tr></Thead>
              <Tbody>
                {verifies.map((job) => (
                  <Tr key={job.id}>
                    <Td dataLabel={t('verifies.job')}><Link to={`/jobs/${job.id}`}>{job.id}</Link></Td>
                    <Td dataLabel={t('verifies.state')}><StateLabel state={job.state} /></Td>
                    <Td dataLabel={t('verifies.pool')}>{job.pool ?? t('verifies.everything')}</Td>
                    <Td dataLabel={t('verifies.when')}><When time={job.ended ?? job.started} /></Td>
                    <Td dataLabel={t('verifies.packs')}><Count value={job.files} /></Td>
                    <Td dataLabel={t('verifies.size')}><Size bytes={job.bytes} /></Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          );
        }}
      </Asked>
    </>
  );
}
