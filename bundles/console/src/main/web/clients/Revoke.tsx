import { Button } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { Host } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** Takes from a host what it came in by; its snapshots stay. */
export function Revoke({ host: { role, name } }: { host: Host }) {
  const { t } = useTranslation('clients');
  const [asking, setAsking] = useState(false);
  const revoke = useMutation({
    mutationFn: () => answer(api.POST('/hosts/{role}/{name}/revoke', { params: { path: { role, name } } })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['hosts'] }),
  });
  return (
    <>
      <Button variant="link" isInline isDanger isLoading={revoke.isPending} aria-label={t('revokeOne', { name })} onClick={() => setAsking(true)}>{t('revoke')}</Button>
      {revoke.error && <ProblemView thrown={revoke.error} />}
      {asking && <Confirm danger title={t('revokeAsk', { name })} action={t('revoke')} onConfirm={() => revoke.mutate()} onClose={() => setAsking(false)}>{t('revokeText')}</Confirm>}
    </>
  );
}
