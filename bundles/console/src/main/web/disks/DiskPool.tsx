import { Button, Form, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import type { DiskSet } from '../rest/disks';
import { Line } from '../settings/Line';

/** A pool in a folder of its own on a disk set. */
export function DiskPool({ sets }: { sets: DiskSet[] }) {
  const { t } = useTranslation('disks');
  const [name, setName] = useState('');
  const [chosen, setSet] = useState('');
  const set = sets.find((one) => one.name === chosen) ?? sets[0]!;
  const make = useMutation({
    mutationFn: () => answer(api.POST('/pools', { body: { name, driver: 'disk', settings: { path: `${set.folder}/${name}` } } })),
    onSuccess: () => { setName(''); void cache.invalidateQueries({ queryKey: ['pools'] }); },
  });
  return (
    <Form isWidthLimited className="az-after" onSubmit={(event) => { event.preventDefault(); if (name) make.mutate(); }}>
      <h3>{t('diskPool')}</h3>
      {sets.length > 1 && (
        <FormGroup label={t('sets')} fieldId="pool-set">
          <FormSelect id="pool-set" value={set.name} onChange={(_, value) => setSet(value)}>{sets.map((one) => <FormSelectOption key={one.name} value={one.name} label={`${one.name} (${one.folder})`} />)}</FormSelect>
        </FormGroup>
      )}
      <Line id="disk-pool" label={t('poolName')} value={name} onChange={setName} />
      {make.error && <ProblemView thrown={make.error} />}
      {make.data && <p role="status">{make.data.name}: {set.folder}/{make.data.name}</p>}
      <div><Button id="make-pool" type="submit" isDisabled={!name || make.isPending} isLoading={make.isPending}>{t('makePool')}</Button></div>
    </Form>
  );
}
