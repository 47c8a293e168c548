import { ActionGroup, Alert, Button, Form, PageSection } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { PageTitle } from '../parts/PageTitle';
import { ProblemView } from '../parts/ProblemView';
import type { SaveSet } from '../rest/answers';
import { answer, api } from '../rest/api';
import { useSaveSets } from '../rest/questions';
import { excluded, lines, news, pattern } from './draft';
import { Paths } from './What';

export function SaveSetPage() {
  const { client = '', name = '' } = useParams();
  const { t } = useTranslation('protection');
  const sets = useSaveSets();
  return (
    <>
      <PageTitle text={<Link to="/protection">{t('title')}</Link>}>{t('setName', { name: `${client}/${name}` })}</PageTitle>
      <PageSection isFilled>
        <Asked query={sets}>{(all) => all.filter((one) => one.client === client && one.name === name).map((one) => <Shown key={one.name} set={one} />)}</Asked>
      </PageSection>
    </>
  );
}

function Shown({ set }: { set: SaveSet }) {
  const { t } = useTranslation('protection');
  const go = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const [draft, setDraft] = useState({ paths: set.paths.join('\n'), excludes: set.rules.filter((rule) => !rule.include).map(pattern).join('\n') });
  const of = { params: { path: { name: set.name }, query: { client: set.client } } };
  // what is taken in all the same stands before what is left out: the first rule that matches decides
  const rules = () => [...set.rules.filter((rule) => rule.include).map((rule) => ({ include: true, pattern: pattern(rule) })), ...excluded(draft.excludes)];
  const save = useMutation({ mutationFn: () => answer(api.PATCH('/save-sets/{name}', { ...of, body: { paths: lines(draft.paths), rules: rules() } })), onSuccess: news });
  const remove = useMutation({ mutationFn: () => answer(api.DELETE('/save-sets/{name}', of)), onSuccess: () => { void go('/protection'); news(); } });
  const thrown = save.error ?? remove.error;
  return (
    <Form isWidthLimited onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      {thrown && <ProblemView thrown={thrown} />}
      {save.isSuccess && <Alert isInline variant="success" title={t('setSaved')} />}
      {set.dump ? <p>{t('dumped', { hook: set.dump })}</p> : <Paths draft={draft} onChange={(part) => { save.reset(); setDraft((before) => ({ ...before, ...part })); }} />}
      <ActionGroup>
        {!set.dump && <Button type="submit" isDisabled={!draft.paths.trim()} isLoading={save.isPending}>{t('save')}</Button>}
        <Button variant="secondary" isDanger onClick={() => setLeaving(true)}>{t('delete')}</Button>
      </ActionGroup>
      {leaving && <Confirm danger title={t('deleteSet', { name: set.name })} action={t('delete')} onConfirm={() => remove.mutate()} onClose={() => setLeaving(false)}>{t('deleteSetText')}</Confirm>}
    </Form>
  );
}
