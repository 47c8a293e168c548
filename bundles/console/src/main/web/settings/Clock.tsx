import { Alert, Button } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Facts } from '../parts/Facts';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** The time that snapshots are stamped with, and whether somebody has to say that the machine's clock is right. */
export function Clock() {
  const { t, i18n } = useTranslation('settings');
  const clock = useQuery({ queryKey: ['clock'], queryFn: () => answer(api.GET('/clock')) });
  const confirm = useMutation({
    mutationFn: (machineTime: string) => answer(api.POST('/clock/confirm', { body: { machineTime } })),
    onSuccess: (now) => { cache.setQueryData(['clock'], now); void cache.invalidateQueries({ queryKey: ['status'] }); },
  });
  const time = (text: string) => new Date(text).toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'long' });
  return (
    <Asked query={clock}>
      {(now) => (
        <>
          <p className="az-before">{t('clock.text')}</p>
          <Facts facts={[[t('clock.state'), <StateLabel state={now.state} />], [t('clock.retention'), time(now.retentionTime)], [t('clock.machine'), time(now.machineTime)], [t('clock.by'), now.by?.length ? String(now.by) : null]]} />
          {now.advice && <Alert isInline variant="warning" title={now.advice} className="az-after" />}
          {(now.state === 'frozen' || now.advice) && (
            <Button className="az-after" onClick={() => confirm.mutate(now.machineTime)} isLoading={confirm.isPending}>{t('clock.confirm', { time: time(now.machineTime) })}</Button>
          )}
          {confirm.isError && <ProblemView thrown={confirm.error} />}
        </>
      )}
    </Asked>
  );
}
