import { ActionGroup, Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Switch, TextInput, Title } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import type { MediaRules } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

const DAY = 86_400;
const GIB = 2 ** 30;
/** What a number means for people: days, gibibytes, or itself. */
const NUMBERS = { keep: DAY, repack: 1, reserve: 1, cutAfter: DAY, cutSize: GIB, setAfter: DAY, setSize: GIB, errorFactor: 1 } as const;
type NumberRule = keyof typeof NUMBERS;

export function Rules({ pool }: { pool: string }) {
  const rules = useQuery({ queryKey: ['pools', pool, 'rules'], queryFn: () => answer(api.GET('/pools/{name}/rules', { params: { path: { name: pool } } })) });
  return <Asked query={rules}>{(now) => <Fields key={JSON.stringify(now)} pool={pool} now={now} />}</Asked>;
}

/** Which cartridges the pool may have and what becomes of them. Only what was changed is sent. */
function Fields({ pool, now }: { pool: string; now: MediaRules }) {
  const { t } = useTranslation('media');
  const [changed, setChanged] = useState<Partial<MediaRules>>({});
  const save = useMutation({
    mutationFn: () => answer(api.PATCH('/pools/{name}/rules', { params: { path: { name: pool } }, body: changed })),
    onSuccess: (next) => { setChanged({}); cache.setQueryData(['pools', pool, 'rules'], next); },
  });
  const rules = { ...now, ...changed };
  return (
    <Form className="az-after" isWidthLimited onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Title headingLevel="h3">{t('rules.title')}</Title>
      {(['blank', 'scratch'] as const).map((rule) => (
        <Switch key={rule} id={`rule-${rule}`} label={t(`rules.${rule}`)} isChecked={rules[rule]} onChange={(_, on) => setChanged({ ...changed, [rule]: on })} />
      ))}
      <Switch id="rule-encryption" label={t('rules.encryption')} isChecked={rules.encryption === 'drive'} onChange={(_, on) => setChanged({ ...changed, encryption: on ? 'drive' : 'none' })} />
      {(Object.keys(NUMBERS) as NumberRule[]).map((rule) => (
        <FormGroup key={rule} label={t(`rules.${rule}`)} fieldId={`rule-${rule}`}>
          <TextInput id={`rule-${rule}`} type="number" min={0} value={Math.round((rules[rule] / NUMBERS[rule]) * 100) / 100} aria-describedby={`rule-${rule}-help`}
            onChange={(_, text) => setChanged({ ...changed, [rule]: Math.round(Number(text) * NUMBERS[rule]) })} />
          <FormHelperText><HelperText id={`rule-${rule}-help`}><HelperTextItem>{t(`rules.${rule}Help`)}</HelperTextItem></HelperText></FormHelperText>
        </FormGroup>
      ))}
      {save.isError && <ProblemView thrown={save.error} />}
      <ActionGroup><Button type="submit" isDisabled={Object.keys(changed).length === 0} isLoading={save.isPending}>{t('rules.save')}</Button></ActionGroup>
    </Form>
  );
}
