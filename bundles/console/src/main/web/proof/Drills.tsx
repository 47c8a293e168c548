import { Alert, Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFound } from '../found/useFound';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Proof } from '../rest/proofs';
import { answer, api } from '../rest/api';
import { keepText } from '../rest/keep';
import { useProofs } from './questions';

/** The last drills, newest first, with what they found and a signed report of each. */
export function Drills() {
  return <Asked query={useProofs()}>{(rows) => <Rows rows={rows} />}</Asked>;
}

const of = (job: number) => ({ params: { path: { job } } });

function Rows({ rows }: { rows: Proof[] }) {
  const { t } = useTranslation('proof');
  const found = useFound();
  const shown = useMutation({ mutationFn: (job: number) => answer(api.GET('/proofs/{job}', of(job))) });
  const report = useMutation({
    mutationFn: (job: number) => answer(api.GET('/proofs/{job}/report', of(job))),
    onSuccess: ({ name, html, signature }) => {
      keepText(name, html);
      keepText(`${name}.p7s`, signature);
    },
  });
  if (rows.length === 0) return <p>{t('drills.none')}</p>;
  return (
    <>
      {report.error && <ProblemView thrown={report.error} />}
      <div role="status">{report.data && <Alert isInline variant="success" className="az-before" title={t('drills.reported', { fingerprint: report.data.fingerprint })} />}</div>
      <Table aria-label={t('drills.title')} variant="compact" className="az-table">
        <Thead><Tr>{(['job', 'saveSet', 'pool', 'ended', 'chosen', 'size', 'outcome', 'differences'] as const).map((column) => <Th key={column}>{t(`drills.${column}`)}</Th>)}<Th screenReaderText={t('drills.report')} /></Tr></Thead>
        <Tbody>
          {rows.map((one) => (
            <Tr key={one.job}>
              <Td dataLabel={t('drills.job')}><Link to={`/jobs/${one.job}`}>{one.job}</Link></Td>
              <Td dataLabel={t('drills.saveSet')}>{`${one.client}/${one.saveSet}`}</Td>
              <Td dataLabel={t('drills.pool')}>{one.pool}</Td>
              <Td dataLabel={t('drills.ended')}><When time={one.ended} /></Td>
              <Td dataLabel={t('drills.chosen')}>{one.sample ? t('drills.of', { files: one.sample.files, of: one.sample.of }) : t('drills.all')}</Td>
              <Td dataLabel={t('drills.size')}><Size bytes={one.bytes} /></Td>
              <Td dataLabel={t('drills.outcome')}><StateLabel state={one.outcome} /></Td>
              <Td dataLabel={t('drills.differences')}>{one.outcome === 'proven' ? one.differences : <Button variant="link" isInline onClick={() => shown.mutate(one.job)}>{t('drills.show', { count: one.differences })}</Button>}</Td>
              <Td><Button variant="link" isInline isDisabled={report.isPending} onClick={() => report.mutate(one.job)} aria-label={t('drills.reportName', { job: one.job })}>{t('drills.report')}</Button></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {shown.error && <ProblemView thrown={shown.error} />}
      <div role="status">{shown.data && <><h3>{t('drills.told', { job: shown.data.job })}</h3><ul>{shown.data.told.map((text, line) => <li key={line} className="az-code">{found(text)}</li>)}</ul></>}</div>
    </>
  );
}
