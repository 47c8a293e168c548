import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Lasted } from '../parts/Lasted';
import { Count, Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Job } from '../rest/answers';

/** @param brief without what the job's own page says, for a narrower place */
export function JobTable({ jobs, brief = false }: { jobs: Job[]; brief?: boolean }) {
  const { t } = useTranslation('jobs');
  return (
    <Table variant="compact" aria-label={t('title')} className="az-table">
      <Thead>
        <Tr>
          <Th>{t('job')}</Th><Th>{t('state')}</Th><Th>{t('client')}</Th>{!brief && <Th>{t('pool')}</Th>}<Th>{t('started')}</Th>
          {!brief && <><Th className="az-number">{t('lasted')}</Th><Th className="az-number">{t('files')}</Th></>}<Th className="az-number">{t('bytes')}</Th>
        </Tr>
      </Thead>
      <Tbody>{jobs.map((job) => <Row key={job.id} job={job} brief={brief} />)}</Tbody>
    </Table>
  );
}

/** Drawn again only when its own job has changed. */
const Row = memo(function Row({ job, brief }: { job: Job; brief: boolean }) {
  const { t } = useTranslation('jobs');
  return (
    <Tr>
      <Td dataLabel={t('job')}><Link to={`/jobs/${job.id}`}>{t('name', { kind: t(`kind.${job.kind}`, { defaultValue: job.kind }), id: job.id })}</Link></Td>
      <Td dataLabel={t('state')}><StateLabel state={job.state} /></Td>
      <Td dataLabel={t('client')}>{job.client ?? '–'}</Td>
      {!brief && <Td dataLabel={t('pool')}>{job.pool ?? '–'}</Td>}
      <Td dataLabel={t('started')}><When time={job.started} /></Td>
      {!brief && <Td dataLabel={t('lasted')} className="az-number"><Lasted from={job.started} to={job.ended} /></Td>}
      {!brief && <Td dataLabel={t('files')} className="az-number"><Count value={job.files} /></Td>}
      <Td dataLabel={t('bytes')} className="az-number"><Size bytes={job.bytes} /></Td>
    </Tr>
  );
});
