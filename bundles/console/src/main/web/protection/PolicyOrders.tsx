import { Button, Flex } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { Policy } from '../rest/answers';
import { answer, api } from '../rest/api';
import { news } from './draft';

/** Runs, stops, goes on with and forgets a policy. */
export function PolicyOrders({ policy: { name, enabled } }: { policy: Policy }) {
  const { t } = useTranslation('protection');
  const go = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const of = { params: { path: { name } } };
  const run = useMutation({ mutationFn: () => answer(api.POST('/policies/{name}/run', of)), onSuccess: () => { news(); void go('/jobs?show=active'); } });
  const turn = useMutation({ mutationFn: () => answer(api.PATCH('/policies/{name}', { ...of, body: { enabled: !enabled } })), onSuccess: news });
  const remove = useMutation({ mutationFn: () => answer(api.DELETE('/policies/{name}', of)), onSuccess: () => { void go('/protection'); news(); } });
  const thrown = run.error ?? turn.error ?? remove.error;
  return (
    <>
      <Flex>
        <Button isLoading={run.isPending} onClick={() => run.mutate()}>{t('run')}</Button>
        <Button variant="secondary" isLoading={turn.isPending} onClick={() => turn.mutate()}>{t(enabled ? 'disable' : 'enable')}</Button>
        <Button variant="secondary" isDanger onClick={() => setLeaving(true)}>{t('delete')}</Button>
      </Flex>
      {thrown && <ProblemView thrown={thrown} />}
      {leaving && <Confirm danger title={t('deletePolicy', { name })} action={t('delete')} onConfirm={() => remove.mutate()} onClose={() => setLeaving(false)}>{t('deletePolicyText')}</Confirm>}
    </>
  );
}
