import { Checkbox, Form, FormGroup, Grid, GridItem, PageSection, ActionGroup, Alert, Button } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import type { Policy, Pool, SaveSet } from '../rest/answers';
import { answer, api } from '../rest/api';
import { usePools, useSaveSets } from '../rest/questions';
import { bodyOf, news, planOf, type Plan } from './draft';
import { Further } from './Further';
import { PolicyOrders } from './PolicyOrders';
import { Preview } from './Preview';
import { usePolicy } from './questions';
import { Runs } from './Runs';
import { Simulator } from './Simulator';
import { Stays } from './Stays';
import { When } from './Whenever';
import { Where } from './Where';

export function PolicyPage() {
  const { name = '' } = useParams();
  const { t } = useTranslation('protection');
  const policy = usePolicy(name);
  const pools = usePools();
  const sets = useSaveSets();
  return (
    <>
      <PageTitle text={<><Link to="/protection">{t('title')}</Link> {policy.data && !policy.data.enabled && <StateLabel state="disabled" />}</>} actions={policy.data && <PolicyOrders policy={policy.data} />}>{t('policyName', { name })}</PageTitle>
      <PageSection isFilled>
        <Asked query={policy}>{(one) => <Asked query={pools}>{(all) => <Asked query={sets}>{(saved) => <Shown key={one.name} policy={one} pools={all} sets={saved} />}</Asked>}</Asked>}</Asked>
      </PageSection>
    </>
  );
}

const idOf = ({ client, name }: { client: string; name: string }) => `${client}/${name}`;

function Shown({ policy, pools, sets }: { policy: Policy; pools: Pool[]; sets: SaveSet[] }) {
  const { t } = useTranslation('protection');
  const [plan, setPlan] = useState<Plan>(() => planOf(policy));
  const [chosen, setChosen] = useState(() => policy.saveSets.map(idOf));
  const change = (part: Partial<Plan>) => { save.reset(); setPlan((before) => ({ ...before, ...part })); };
  const save = useMutation({ mutationFn: () => answer(api.PATCH('/policies/{name}', { params: { path: { name: policy.name } }, body: { ...bodyOf(plan), saveSets: chosen } })), onSuccess: news });
  return (
    <Form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      {save.error && <ProblemView thrown={save.error} />}
      {save.isSuccess && <Alert isInline variant="success" title={t('saved')} />}
      <Grid hasGutter>
        <GridItem xl={6} span={12}>
          <Panel title={t('what')}>
            <FormGroup label={t('saveSets')} role="group">
              {sets.map((set) => <Checkbox key={idOf(set)} id={`set-${idOf(set)}`} label={idOf(set)} isChecked={chosen.includes(idOf(set))}
                onChange={(_, on) => { save.reset(); setChosen(on ? [...chosen, idOf(set)] : chosen.filter((one) => one !== idOf(set))); }} />)}
            </FormGroup>
            <Where plan={plan} pools={pools} onChange={change} />
          </Panel>
        </GridItem>
        <GridItem xl={6} span={12}><Panel title={t('whenAndHowLong')}><When plan={plan} onChange={change} /><Preview of={plan} /><Further plan={plan} onChange={change} /></Panel></GridItem>
        <GridItem span={12}><ActionGroup><Button type="submit" isLoading={save.isPending} isDisabled={save.isPending || chosen.length === 0}>{t('save')}</Button></ActionGroup></GridItem>
        <GridItem span={12}><Panel title={t('runs')}><Runs runs={policy.last} /></Panel></GridItem>
        <GridItem span={12}><Panel title={t('stays')}><Stays policy={policy.name} /></Panel></GridItem>
        <GridItem span={12}><Panel title={t('simulator')}><Simulator of={plan} keep={plan.keep} /></Panel></GridItem>
      </Grid>
    </Form>
  );
}
