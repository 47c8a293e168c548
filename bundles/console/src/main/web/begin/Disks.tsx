import { Alert, Button, Checkbox, Form, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { Size } from '../parts/Size';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { useDisks, type DataDisk, type DiskLevel, type DiskSet } from '../rest/firmware';
import { Line } from '../settings/Line';
import { DiskPool } from './DiskPool';
import { Onward, type StepProps } from './Onward';

const LEVELS: Record<DiskLevel, (disks: number) => boolean> = { mirror: (n) => n >= 2 && n <= 4, raid10: (n) => n >= 4 && n % 2 === 0, raid6: (n) => n >= 4, single: (n) => n === 1 };

const again = () => cache.invalidateQueries({ queryKey: ['disks'] });

/** Other disks of the machine: made into a set, or taken over from an earlier appliance; then a pool there. */
export function Disks({ done, onNext }: StepProps) {
  const { t } = useTranslation('begin');
  return (
    <>
      <p className="az-before">{t('disksText')}</p>
      <Asked query={useDisks()}>{({ disks, sets }) => {
        const free = disks.filter(({ hindrance }) => !hindrance);
        const mounted = sets.filter(({ state }) => state === 'whole' || state === 'degraded');
        return (
          <>
            {sets.length > 0 && <Sets sets={sets} />}
            {mounted.length > 0 && <DiskPool sets={mounted} />}
            {free.length > 0 && <Make disks={free} key={sets.length} />}
          </>
        );
      }}</Asked>
      <Onward done={done} onNext={onNext} />
    </>
  );
}

function Sets({ sets }: { sets: DiskSet[] }) {
  const { t } = useTranslation('begin');
  const attach = useMutation({ mutationFn: (set: string) => answer(api.POST('/appliance/disks/{set}/attach', { params: { path: { set } } })), onSettled: again });
  return (
    <>
      {attach.error && <ProblemView thrown={attach.error} />}
      <Table aria-label={t('sets')} variant="compact" className="az-table">
        <Thead><Tr><Th>{t('name')}</Th><Th>{t('state')}</Th><Th>{t('protection')}</Th><Th>{t('size')}</Th><Th>{t('folder')}</Th></Tr></Thead>
        <Tbody>
          {sets.map((set) => (
            <Tr key={`${set.name} ${set.state}`}>
              <Td dataLabel={t('name')}>{set.name}</Td>
              <Td dataLabel={t('state')}>
                {t(`setState.${set.state}`)}
                {set.state === 'found' && <div><Button variant="secondary" isLoading={attach.isPending} onClick={() => attach.mutate(set.name)}>{t('attach', { set: set.name })}</Button> {t('attachText')}</div>}
              </Td>
              <Td dataLabel={t('protection')}>{t(`level.${set.level}`)}</Td><Td dataLabel={t('size')}><Size bytes={set.bytes} /></Td><Td dataLabel={t('folder')}>{set.folder}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

function Make({ disks }: { disks: DataDisk[] }) {
  const { t } = useTranslation('begin');
  const [name, setName] = useState('pool1');
  const [taken, setTaken] = useState<string[]>([]);
  const [erased, setErased] = useState<string[]>([]);
  const [level, setLevel] = useState<DiskLevel>('mirror');
  const fit = (Object.keys(LEVELS) as DiskLevel[]).filter((one) => LEVELS[one](taken.length));
  const chosen = fit.includes(level) ? level : fit[0];
  const make = useMutation({
    mutationFn: () => answer(api.POST('/appliance/disks', { body: { name, level: chosen!, disks: taken, erase: erased.filter((one) => taken.includes(one)) } })), onSettled: again,
  });
  const toggle = (list: string[], one: string, on: boolean) => (on ? [...list, one] : list.filter((other) => other !== one));
  const ready = chosen !== undefined && /^[a-z][a-z0-9]{0,14}$/.test(name) && disks.every((disk) => !disk.holds || !taken.includes(disk.name) || erased.includes(disk.name));
  return (
    <Form className="az-after" onSubmit={(event) => { event.preventDefault(); if (ready) make.mutate(); }}>
      <Table aria-label={t('step.disks')} variant="compact" className="az-table">
        <Thead><Tr><Th>{t('disk')}</Th><Th>{t('size')}</Th><Th>{t('holds')}</Th></Tr></Thead>
        <Tbody>
          {disks.map((disk) => (
            <Tr key={disk.name}>
              <Td dataLabel={t('disk')}>
                <Checkbox id={`take-${disk.name}`} aria-label={t('take', { disk: disk.name })} label={[disk.name, disk.model, disk.serial].filter(Boolean).join(' ')}
                  isChecked={taken.includes(disk.name)} onChange={(_, on) => setTaken(toggle(taken, disk.name, on))} />
              </Td>
              <Td dataLabel={t('size')}><Size bytes={disk.bytes} /></Td>
              <Td dataLabel={t('holds')}>
                {!disk.holds ? t('nothing') : (
                  <Checkbox id={`erase-${disk.name}`} label={t('eraseIt', { disk: disk.name, holds: disk.holds })} isChecked={erased.includes(disk.name)} onChange={(_, on) => setErased(toggle(erased, disk.name, on))} />
                )}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {erased.length > 0 && <Alert isInline variant="warning" title={t('eraseAll')} />}
      <FormGroup label={t('protection')} fieldId="disk-level">
        <FormSelect id="disk-level" value={chosen ?? ''} isDisabled={fit.length === 0} onChange={(_, value) => setLevel(value as DiskLevel)}>
          {fit.length === 0 && <FormSelectOption value="" label={t('fewer')} isPlaceholder />}
          {fit.map((one) => <FormSelectOption key={one} value={one} label={t(`level.${one}`)} />)}
        </FormSelect>
      </FormGroup>
      <Line id="set-name" label={t('setName')} value={name} onChange={setName} help={t('setNameHelp')} />
      {make.error && <ProblemView thrown={make.error} />}
      <div><Button id="make-set" type="submit" isDisabled={!ready || make.isPending} isLoading={make.isPending}>{t('makeSet')}</Button></div>
    </Form>
  );
}
