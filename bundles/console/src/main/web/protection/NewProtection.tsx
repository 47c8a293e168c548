import { ActionGroup, Button, Form, Grid, GridItem, PageSection } from '@patternfly/react-core';
import { useEffect, useRef, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Asked } from '../parts/Asked';
import { LinkButton } from '../parts/PageLink';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { ProblemView } from '../parts/ProblemView';
import type { Client, Pool } from '../rest/answers';
import { useClients, usePools } from '../rest/questions';
import { useDraft, useProtect } from './draft';
import { Further } from './Further';
import { Preview } from './Preview';
import { Simulator } from './Simulator';
import { What } from './What';
import { When } from './Whenever';
import { Where } from './Where';

export function NewProtection() {
  const { t } = useTranslation('protection');
  return (
    <>
      <PageTitle text={t('newText')}>{t('new')}</PageTitle>
      <PageSection isFilled>
        <Asked query={useClients()}>{(clients) => <Asked query={usePools()}>{(pools) => <Filled clients={clients} pools={pools} />}</Asked>}</Asked>
      </PageSection>
    </>
  );
}

function Filled({ clients, pools }: { clients: Client[]; pools: Pool[] }) {
  const { t } = useTranslation('protection');
  const [draft, change] = useDraft(clients[0]?.name ?? '', pools[0]?.name ?? '');
  const protect = useProtect();
  const go = useNavigate();
  const refused = useRef<HTMLDivElement>(null);
  useEffect(() => { if (protect.isError) refused.current?.scrollIntoView(); }, [protect.isError]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    protect.mutate(draft, { onSuccess: (job) => go(`/jobs/${job}`) });
  };
  return (
    <Form onSubmit={submit}>
      <div ref={refused}>{protect.error && <ProblemView thrown={protect.error} />}</div>
      <Grid hasGutter>
        <GridItem xl={6} span={12}><Panel title={t('what')}><What draft={draft} clients={clients} onChange={change} /><Where plan={draft} pools={pools} onChange={change} /></Panel></GridItem>
        <GridItem xl={6} span={12}><Panel title={t('whenAndHowLong')}><When plan={draft} onChange={change} /><Preview of={draft} /><Further plan={draft} onChange={change} /></Panel></GridItem>
        <GridItem span={12}><Panel title={t('simulator')}><Simulator of={draft} keep={draft.keep} /></Panel></GridItem>
      </Grid>
      <ActionGroup>
        <Button type="submit" isLoading={protect.isPending} isDisabled={protect.isPending || !draft.client || !draft.pool || !draft.paths.trim() || !draft.name}>{t('protect')}</Button>
        <LinkButton to="/protection" variant="link">{t('dismiss')}</LinkButton>
      </ActionGroup>
    </Form>
  );
}
