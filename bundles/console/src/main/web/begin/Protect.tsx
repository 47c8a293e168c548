import { Button, Form, Grid, GridItem } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Figures } from '../jobs/Figures';
import { useJob, useJobs } from '../jobs/questions';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import type { Client, Pool } from '../rest/answers';
import { useClients, usePools, useSaveSets } from '../rest/questions';
import { useDraft, useProtect } from '../protection/draft';
import { Preview } from '../protection/Preview';
import { What } from '../protection/What';
import { Where } from '../protection/Where';
import { When } from '../protection/Whenever';
import { Onward, type StepProps } from './Onward';

/** What this machine saves, and when; then the first backup, live. */
export function Protect({ done, onNext }: StepProps) {
  const jobs = useJobs().data ?? [];
  const sets = useSaveSets().data ?? [];
  const first = sets.length > 0 ? jobs.findLast((job) => job.kind === 'backup') : undefined;
  const clients = useClients();
  const pools = usePools();
  return (
    <>
      {first
        ? <First id={first.id} />
        : <Asked query={clients}>{(hosts) => <Asked query={pools}>{(all) => <Choice clients={hosts} pools={all} />}</Asked>}</Asked>}
      <Onward done={done || first !== undefined} onNext={onNext} />
    </>
  );
}

function Choice({ clients, pools }: { clients: Client[]; pools: Pool[] }) {
  const { t } = useTranslation('begin');
  const [draft, change] = useDraft(clients[0]?.name ?? '', pools[0]?.name ?? '');
  const protect = useProtect();
  return (
    <Form onSubmit={(event) => { event.preventDefault(); protect.mutate(draft); }}>
      <p>{t('protectText')}</p>
      {protect.error && <ProblemView thrown={protect.error} />}
      <Grid hasGutter>
        <GridItem xl={6} span={12}><What draft={draft} clients={clients} onChange={change} /><Where plan={draft} pools={pools} onChange={change} /></GridItem>
        <GridItem xl={6} span={12}><When plan={draft} onChange={change} /><Preview of={draft} /></GridItem>
      </Grid>
      <div><Button id="protect" type="submit" isLoading={protect.isPending} isDisabled={protect.isPending || !draft.client || !draft.pool || !draft.paths.trim() || !draft.name}>{t('protect')}</Button></div>
    </Form>
  );
}

function First({ id }: { id: number }) {
  const { t } = useTranslation('begin');
  return (
    <Asked query={useJob(id)}>{(job) => (
      <>
        <p className="az-before" role="status">{t('firstBackup')} <StateLabel state={job.state} /> <Link to={`/jobs/${id}`}>{t('toJob')}</Link></p>
        <Figures job={job} />
        <p className="az-after">{t('firstText')} <Link to="/restore">{t('toRestore')}</Link></p>
      </>
    )}</Asked>
  );
}
