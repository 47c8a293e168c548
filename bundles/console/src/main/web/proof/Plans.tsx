import { Button, Form, FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import { Preview } from '../protection/Preview';
import type { SaveSet } from '../rest/answers';
import type { DrillPlan } from '../rest/proofs';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { useSaveSets } from '../rest/questions';
import { usePlans } from './questions';

const anew = () => void cache.invalidateQueries({ queryKey: ['drill-plans'] });
const named = (name: string) => ({ params: { path: { name } } });

/** Drills that run by themselves, and a form for one more. */
export function Plans() {
  return (
    <>
      <Asked query={usePlans()}>{(rows) => <Rows rows={rows} />}</Asked>
      <Asked query={useSaveSets()}>{(sets) => (sets.length > 0 ? <NewPlan sets={sets} /> : null)}</Asked>
    </>
  );
}

function Rows({ rows }: { rows: DrillPlan[] }) {
  const { t } = useTranslation('proof');
  const act = useMutation({ mutationFn: (ask: () => Promise<unknown>) => ask(), onSuccess: anew });
  if (rows.length === 0) return <p>{t('plans.none')}</p>;
  const Act = ({ text, label, ask }: { text: string; label: string; ask: () => Promise<unknown> }) => (
    <Button variant="link" size="sm" isDisabled={act.isPending} onClick={() => act.mutate(ask)} aria-label={label}>{text}</Button>
  );
  return (
    <>
      {act.error && <ProblemView thrown={act.error} />}
      <Table aria-label={t('plans.title')} variant="compact" className="az-table">
        <Thead><Tr>{(['name', 'saveSets', 'sample', 'schedule', 'next', 'last'] as const).map((column) => <Th key={column}>{t(`plans.${column}`)}</Th>)}<Th screenReaderText={t('plans.run')} /></Tr></Thead>
        <Tbody>
          {rows.map(({ name, saveSets, sample, schedule, next, last, enabled }) => (
            <Tr key={name}>
              <Td dataLabel={t('plans.name')}>{name}</Td>
              <Td dataLabel={t('plans.saveSets')}>{saveSets.map((set) => `${set.client}/${set.name}`).join(', ')}</Td>
              <Td dataLabel={t('plans.sample')}>{sample}</Td>
              <Td dataLabel={t('plans.schedule')}>{schedule || '–'}</Td>
              <Td dataLabel={t('plans.next')}><When time={next[0]} /></Td>
              <Td dataLabel={t('plans.last')}>{last[0] ? <StateLabel state={last[0].state} /> : '–'}</Td>
              <Td>
                <Act text={t('plans.run')} label={t('plans.runName', { name })} ask={() => answer(api.POST('/drill-plans/{name}/run', named(name)))} />{' '}
                <Act text={t(enabled ? 'plans.off' : 'plans.on')} label={t('plans.switchName', { action: t(enabled ? 'plans.off' : 'plans.on'), name })} ask={() => answer(api.PATCH('/drill-plans/{name}', { ...named(name), body: { enabled: !enabled } }))} />{' '}
                <Act text={t('plans.remove')} label={t('plans.removeName', { name })} ask={() => answer(api.DELETE('/drill-plans/{name}', named(name)))} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

function NewPlan({ sets }: { sets: SaveSet[] }) {
  const { t } = useTranslation('proof');
  const [set, setSet] = useState(`${sets[0].client}/${sets[0].name}`);
  const [name, setName] = useState('monthly');
  const [sample, setSample] = useState('5%');
  const [schedule, setSchedule] = useState('monthly first sun 03:00');
  const make = useMutation({ mutationFn: () => answer(api.POST('/drill-plans', { body: { name, saveSets: [set], sample, schedule } })), onSuccess: anew });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <Form onSubmit={submit} aria-label={t('plans.new')}>
      <h3>{t('plans.new')}</h3>
      {make.error && <ProblemView thrown={make.error} />}
      <FormGroup label={t('plans.name')} fieldId="plan-name"><TextInput id="plan-name" value={name} onChange={(_, typed) => setName(typed)} /></FormGroup>
      <FormGroup label={t('plans.saveSets')} fieldId="plan-set">
        <FormSelect id="plan-set" value={set} onChange={(_, chosen) => setSet(chosen)}>
          {sets.map((one) => <FormSelectOption key={`${one.client}/${one.name}`} value={`${one.client}/${one.name}`} label={`${one.client}/${one.name}`} />)}
        </FormSelect>
      </FormGroup>
      <FormGroup label={t('plans.sample')} fieldId="plan-sample">
        <TextInput id="plan-sample" value={sample} onChange={(_, typed) => setSample(typed)} aria-describedby="plan-sample-help" />
        <p id="plan-sample-help" className="az-help">{t('plans.sampleHelp')}</p>
      </FormGroup>
      <FormGroup label={t('plans.schedule')} fieldId="plan-schedule">
        <TextInput id="plan-schedule" value={schedule} onChange={(_, typed) => setSchedule(typed)} aria-describedby="plan-schedule-help" className="az-code" />
        <p id="plan-schedule-help" className="az-help">{t('plans.scheduleHelp')}</p>
      </FormGroup>
      <Preview of={{ schedule }} />
      <div><Button type="submit" variant="secondary" isLoading={make.isPending} isDisabled={make.isPending || !name || !sample}>{t('plans.make')}</Button></div>
    </Form>
  );
}
