import { Alert, Button } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../parts/Confirm';
import { LinkButton } from '../parts/PageLink';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { useAlerts } from '../rest/questions';

/** Of a pool whose volume is not where it was: its label again where the device is now, by somebody's word. */
export function Remake({ pool }: { pool: string }) {
  const { t } = useTranslation('media');
  const [asking, setAsking] = useState(false);
  const offline = useAlerts().data?.find(({ code, name }) => code === 'pool.offline' && name === pool);
  const remake = useMutation({
    mutationFn: () => answer(api.POST('/pools/{name}/remake', { params: { path: { name: pool } } })),
    onSuccess: (now) => { cache.setQueryData(['pools', pool], now); for (const list of ['volumes', 'alerts', 'jobs']) void cache.invalidateQueries({ queryKey: [list] }); },
  });
  return (
    <>
      {offline && !remake.isSuccess && (
        <Alert isInline variant="warning" title={t('remake.offline')} className="az-before"
          actionLinks={<Button variant="link" isInline isLoading={remake.isPending} onClick={() => setAsking(true)}>{t('remake.go')}</Button>}>
          <span lang="en">{offline.text}</span>
        </Alert>
      )}
      {remake.isSuccess && <Alert isInline variant="success" title={t('remake.done')} className="az-before" actionLinks={<LinkButton variant="link" isInline to="/jobs?kind=heal">{t('remake.jobs')}</LinkButton>} />}
      {remake.isError && <ProblemView thrown={remake.error} />}
      {asking && <Confirm title={t('remake.ask', { pool })} action={t('remake.go')} onConfirm={() => remake.mutate()} onClose={() => setAsking(false)}>{t('remake.text')}</Confirm>}
    </>
  );
}
