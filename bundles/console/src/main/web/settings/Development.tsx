import { Alert, Switch } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** Whether drivers that nobody has signed are let in. */
export function Development() {
  const { t, i18n } = useTranslation('settings');
  const mode = useQuery({ queryKey: ['development-mode'], queryFn: () => answer(api.GET('/development-mode')) });
  const [asking, setAsking] = useState(false);
  const turn = useMutation({
    mutationFn: (on: boolean) => answer(api.POST('/development-mode', { body: { on } })),
    onSuccess: (now) => { cache.setQueryData(['development-mode'], now); void cache.invalidateQueries({ queryKey: ['status'] }); },
  });
  return (
    <Asked query={mode}>
      {({ on, since, by }) => (
        <>
          <p className="az-before">{t('development.text')}</p>
          <Switch id="development" label={t('development.on')} isChecked={on} onChange={(_, next) => (next ? setAsking(true) : turn.mutate(false))} />
          {on && <Alert isInline variant="warning" className="az-after" title={t('development.open')} />}
          {since && <p className="az-after">{t('development.since', { time: new Date(since).toLocaleString(i18n.language), by })}</p>}
          {turn.isError && <ProblemView thrown={turn.error} />}
          {asking && <Confirm danger title={t('development.ask')} action={t('development.turnOn')} onConfirm={() => turn.mutate(true)} onClose={() => setAsking(false)}>{t('development.risk')}</Confirm>}
        </>
      )}
    </Asked>
  );
}
