import { Alert, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, PageSection, Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { PageTitle } from '../parts/PageTitle';
import { Count, Size, sizeText } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import type { OneJob, RestoreResult } from '../rest/answers';
import { Places } from './Where';
import { useRestored } from './questions';

/** A restore while it goes on, and what came of it: also each file that was not restored, and why. */
export function Outcome() {
  const { t } = useTranslation('restore');
  const id = Number(useParams().job);
  const { job, ended, result } = useRestored(id);
  return (
    <>
      <PageTitle>{t('outcome.title', { job: id })}</PageTitle>
      <PageSection isFilled>
        <Asked query={job}>
          {(now) => (
            <>
              <Facts job={now} />
              {!ended && <Progress aria-label={t('outcome.going')} measureLocation={ProgressMeasureLocation.none} value={undefined} className="az-running" />}
              {now.error && <Alert isInline variant={ended ? 'danger' : 'warning'} title={now.error} className="az-after" />}
              {result.data && <Result result={result.data} />}
            </>
          )}
        </Asked>
        <p className="az-after"><Link to={`/jobs/${id}`}>{t('outcome.job')}</Link> · <Link to="/restore">{t('outcome.back')}</Link></p>
      </PageSection>
    </>
  );
}

function Facts({ job }: { job: OneJob }) {
  const { t } = useTranslation('restore');
  const facts = [[t('outcome.state'), <StateLabel state={job.state} />], [t('outcome.files'), <Count value={job.files} />], [t('outcome.bytes'), <Size bytes={job.bytes} />],
    [t('outcome.client'), job.client]] as const;
  return (
    <DescriptionList isHorizontal isCompact aria-live="polite">
      {facts.map(([term, fact]) => (
        <DescriptionListGroup key={term}><DescriptionListTerm>{term}</DescriptionListTerm><DescriptionListDescription>{fact}</DescriptionListDescription></DescriptionListGroup>
      ))}
    </DescriptionList>
  );
}

function Result({ result }: { result: RestoreResult }) {
  const { t, i18n } = useTranslation('restore');
  return (
    <div className="az-after">
      {result.notRestored.length === 0
        ? <Alert isInline variant="success" title={t('outcome.all')} />
        : <Alert isInline variant="warning" title={t('outcome.not', { count: result.notRestored.length })} />}
      {result.notRestored.length > 0 && (
        <Table aria-label={t('outcome.notLabel')} variant="compact" className="az-table">
          <Thead><Tr><Th>{t('outcome.path')}</Th><Th>{t('outcome.reason')}</Th></Tr></Thead>
          <Tbody>
            {result.notRestored.slice(0, 1000).map((one) => (
              <Tr key={one.path}><Td dataLabel={t('outcome.path')} modifier="breakWord">{one.path}</Td><Td dataLabel={t('outcome.reason')}>{one.reason}</Td></Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {result.elsewhere && (
        <Alert isInline variant="info" title={t('outcome.elsewhere', { count: result.elsewhere.length })} className="az-after">
          {result.elsewhere.map(({ pool, chunks, bytes }) => <p key={pool}>{t('outcome.elsewhereFrom', { pool, count: chunks, size: sizeText(bytes, i18n.language) })}</p>)}
          <Link to="/jobs?kind=heal">{t('outcome.healing')}</Link>
        </Alert>
      )}
      {result.lying && result.lying.length > 0 && <Places rows={result.lying} />}
    </div>
  );
}
