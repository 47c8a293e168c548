import { Grid, GridItem, PageSection } from '@patternfly/react-core';
import ShieldAltIcon from '@patternfly/react-icons/dist/esm/icons/shield-alt-icon';
import { useTranslation } from 'react-i18next';
import { useJobs } from '../jobs/questions';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { LinkButton } from '../parts/PageLink';
import { PageTitle } from '../parts/PageTitle';
import type { Job, SaveSet, Snapshot } from '../rest/answers';
import { usePolicies, useSaveSets, useSnapshots, useStatus } from '../rest/questions';
import { Attention } from './Attention';
import { Capacity } from './Capacity';
import { NextRuns } from './NextRuns';
import { protection } from './protected';
import { ProtectedSets } from './ProtectedSets';
import { Running } from './Running';
import { Servers } from './Servers';
import { Summary } from './Summary';
import { Verdict } from './Verdict';

export default function Overview() {
  const { t } = useTranslation('overview');
  const jobs = useJobs();
  const snapshots = useSnapshots();
  const saveSets = useSaveSets();
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <PageSection isFilled>
        <Asked query={jobs}>{(allJobs) => (
          <Asked query={snapshots}>{(allSnapshots) => (
            <Asked query={saveSets}>{(sets) => <Shown jobs={allJobs} snapshots={allSnapshots} saveSets={sets} />}</Asked>
          )}</Asked>
        )}</Asked>
      </PageSection>
    </>
  );
}

function Shown({ jobs, snapshots, saveSets }: { jobs: Job[]; snapshots: Snapshot[]; saveSets: SaveSet[] }) {
  const rows = protection(saveSets, snapshots, usePolicies().data ?? [], Date.now());
  const servers = useStatus().data?.servers ?? [];
  return (
    <Grid hasGutter>
      {rows.length > 0 && <GridItem span={12}><Verdict rows={rows} /></GridItem>}
      {rows.length > 0 && <GridItem span={12}><Summary rows={rows} snapshots={snapshots} jobs={jobs} /></GridItem>}
      {/* what needs a look comes first where one column is all there is */}
      <GridItem xl={4} span={12} order={{ xl: '1' }}>
        <Grid hasGutter>
          <GridItem span={12}><Attention jobs={jobs} /></GridItem>
          {servers.length > 1 && <GridItem span={12}><Servers servers={servers} /></GridItem>}
          <GridItem span={12}><NextRuns /></GridItem>
          <GridItem span={12}><Capacity snapshots={snapshots} /></GridItem>
        </Grid>
      </GridItem>
      <GridItem xl={8} span={12}>
        <Grid hasGutter>
          <GridItem span={12}>{rows.length === 0 ? <Begin /> : <ProtectedSets rows={rows} />}</GridItem>
          <GridItem span={12}><Running jobs={jobs} /></GridItem>
        </Grid>
      </GridItem>
    </Grid>
  );
}

function Begin() {
  const { t } = useTranslation('overview');
  return (
    <Nothing title={t('begin')} icon={ShieldAltIcon} action={<LinkButton to="/begin">{t('beginAction')}</LinkButton>}>
      {t('beginText')}
    </Nothing>
  );
}
