import { ActionGroup, Button, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput, Title } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { LockMode, PoolLock } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

const DAY = 86_400;

const of = (name: string) => ({ params: { path: { name } } });

/** For how long nobody can delete what lies in a pool. */
export function Lock({ pool }: { pool: string }) {
  const lock = useQuery({ queryKey: ['pools', pool, 'lock'], queryFn: () => answer(api.GET('/pools/{name}/lock', of(pool))) });
  return <Asked query={lock}>{(now) => <Fields key={`${now.seconds} ${now.mode}`} now={now} />}</Asked>;
}

/** A lock is made longer and stronger only, so it is asked for twice. */
function Fields({ now }: { now: PoolLock }) {
  const { t } = useTranslation('media');
  const [days, setDays] = useState(now.seconds / DAY);
  const [mode, setMode] = useState<LockMode>(now.mode);
  const [asking, setAsking] = useState(false);
  const save = useMutation({
    mutationFn: () => answer(api.POST('/pools/{name}/lock', { ...of(now.pool), body: { seconds: Math.round(days * DAY), mode } })),
    onSuccess: (next) => { cache.setQueryData(['pools', now.pool, 'lock'], next); void cache.invalidateQueries({ queryKey: ['snapshots'] }); },
  });
  const stronger = days * DAY > now.seconds || mode !== now.mode;
  const modes = [...new Set<LockMode>([now.mode, ...(now.device ?? []), ...(now.mode === 'compliance' ? [] : ['governance' as const])])];
  return (
    <Form className="az-after" isWidthLimited onSubmit={(event) => { event.preventDefault(); setAsking(true); }}>
      <Title headingLevel="h3">{t('lock.title')}</Title>
      <FormGroup label={t('lock.days')} fieldId="lock-days">
        <TextInput id="lock-days" type="number" min={now.seconds / DAY} step="any" value={days} onChange={(_, text) => setDays(Number(text))} aria-describedby="lock-help" />
        <FormHelperText><HelperText id="lock-help">
          <HelperTextItem>{t('lock.help')}</HelperTextItem>
          <HelperTextItem>{t(now.device === null ? 'lock.deviceAway' : now.device.length > 0 ? 'lock.deviceHolds' : 'lock.onlyHere')}</HelperTextItem>
        </HelperText></FormHelperText>
      </FormGroup>
      {modes.length > 1 && (
        <FormGroup label={t('lock.mode')} fieldId="lock-mode">
          <FormSelect id="lock-mode" value={mode} onChange={(_, next) => setMode(next as LockMode)}>
            {modes.map((one) => <FormSelectOption key={one} value={one} label={t(`lock.${one}`)} />)}
          </FormSelect>
        </FormGroup>
      )}
      {save.isError && <ProblemView thrown={save.error} />}
      <ActionGroup><Button type="submit" variant="secondary" isDisabled={!stronger} isLoading={save.isPending}>{t('lock.save')}</Button></ActionGroup>
      {asking && <Confirm danger title={t('lock.ask', { count: days, pool: now.pool })} action={t('lock.save')} onConfirm={() => save.mutate()} onClose={() => setAsking(false)}>{t(mode === 'compliance' ? 'lock.askCompliance' : 'lock.askText')}</Confirm>}
    </Form>
  );
}
