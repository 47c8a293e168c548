import { Grid, GridItem, PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { StateLabel } from '../parts/StateLabel';
import type { OneJob } from '../rest/answers';
import { Figures } from './Figures';
import { JobOrders } from './JobOrders';
import { Log } from './Log';
import { Ordered } from './Ordered';
import { ended, useJob } from './questions';
import { Result } from './Result';
import { Timeline } from './Timeline';

export function JobPage() {
  const id = Number(useParams().id);
  const { t } = useTranslation('jobs');
  const job = useJob(id);
  if (!job.data) {
    return <><PageTitle text={<Link to="/jobs">{t('back')}</Link>}>{t('jobNumber', { id })}</PageTitle><PageSection><Asked query={job}>{() => null}</Asked></PageSection></>;
  }
  return <Shown job={job.data} />;
}

function Shown({ job }: { job: OneJob }) {
  const { t } = useTranslation('jobs');
  const name = t('name', { kind: t(`kind.${job.kind}`, { defaultValue: job.kind }), id: job.id });
  return (
    <>
      <PageTitle text={<><Link to="/jobs">{t('back')}</Link> <StateLabel state={job.state} /></>} actions={<JobOrders job={job} />}>{name}</PageTitle>
      <PageSection isFilled>
        <Grid hasGutter>
          <GridItem span={12}><Figures job={job} /></GridItem>
          <GridItem xl={5} span={12}><Ordered job={job} /></GridItem>
          <GridItem xl={7} span={12}><Panel title={t('timeline')}><Timeline job={job} /></Panel></GridItem>
          {ended(job) && <GridItem span={12}><Result job={job} /></GridItem>}
          <GridItem span={12}><Panel title={t('log')}><Log id={job.id} /></Panel></GridItem>
        </Grid>
      </PageSection>
    </>
  );
}
