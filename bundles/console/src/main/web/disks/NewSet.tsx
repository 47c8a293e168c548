import { Alert, Button, Checkbox, Form, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { Size } from '../parts/Size';
import { answer, api } from '../rest/api';
import type { Disk, DiskHealth, DiskLevel } from '../rest/disks';
import { Line } from '../settings/Line';
import { again } from './Sets';

const LEVELS: Record<DiskLevel, (disks: number) => boolean> = { mirror: (n) => n >= 2 && n <= 4, raid10: (n) => n >= 4 && n % 2 === 0, raid6: (n) => n >= 4, single: (n) => n === 1 };
/** What an order may call a disk by. */
const WORD = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;
/** Its serial number if no other has that: by the time of the order its name may be that of another disk, which was put in the place of the one that is shown here. */
const named = (disks: Disk[]) => ({ name, serial }: Disk) => (WORD.test(serial) && disks.filter((one) => one.serial === serial || one.name === serial).length === 1 ? serial : name);
const COLUMNS = ['disk', 'size', 'health', 'errors', 'used', 'holds'] as const;

/** All disks with their health; what can be taken is chosen there, and made into a set below. */
export function NewSet({ disks }: { disks: Disk[] }) {
  const { t } = useTranslation('disks');
  const [name, setName] = useState('pool1');
  const [taken, setTaken] = useState<string[]>([]);
  const [erased, setErased] = useState<string[]>([]);
  const [level, setLevel] = useState<DiskLevel>('mirror');
  const called = named(disks);
  const fit = (Object.keys(LEVELS) as DiskLevel[]).filter((one) => LEVELS[one](taken.length));
  const chosen = fit.includes(level) ? level : fit[0];
  const make = useMutation({
    mutationFn: () => answer(api.POST('/appliance/disks', { body: { name, level: chosen!, disks: taken, erase: erased.filter((one) => taken.includes(one)) } })), onSettled: again,
  });
  const toggle = (list: string[], one: string, on: boolean) => (on ? [...list, one] : list.filter((other) => other !== one));
  const ready = chosen !== undefined && /^[a-z][a-z0-9]{0,14}$/.test(name) && disks.every((disk) => !disk.holds || !taken.includes(called(disk)) || erased.includes(called(disk)));
  const health = ({ verdict, temperature, erring, worn, hot }: DiskHealth) => [t(`verdict.${verdict}`), erring && t('erring'), worn && t('worn'), hot && t('hot'), temperature != null && `${temperature} °C`].filter(Boolean).join(', ');
  const shown = (disk: Disk) => {
    const label = [disk.name, disk.model, disk.serial].filter(Boolean).join(' ');
    const said = disk.health;
    return [
      disk.hindrance ? label : (
        <Checkbox id={`take-${disk.name}`} aria-label={t('take', { disk: disk.name })} label={label} isChecked={taken.includes(called(disk))} onChange={(_, on) => setTaken(toggle(taken, called(disk), on))} />
      ),
      disk.bytes > 0 && <Size bytes={disk.bytes} />,
      said && health(said),
      said?.errors,
      said?.used != null && `${said.used} %`,
      disk.set ? t('inSet', { set: disk.set }) : disk.hindrance ? <span lang="en">{disk.hindrance}</span> : !disk.holds ? t('nothing') : (
        <Checkbox id={`erase-${disk.name}`} label={t('eraseIt', { disk: disk.name, holds: disk.holds })} isChecked={erased.includes(called(disk))} onChange={(_, on) => setErased(toggle(erased, called(disk), on))} />
      ),
    ];
  };
  return (
    <Form className="az-after" onSubmit={(event) => { event.preventDefault(); if (ready) make.mutate(); }}>
      {disks.every((disk) => !disk.health) && <p>{t('none')}</p>}
      <Table aria-label={t('title')} variant="compact" className="az-table">
        <Thead><Tr>{COLUMNS.map((column) => <Th key={column}>{t(column)}</Th>)}</Tr></Thead>
        <Tbody>{disks.map((disk) => <Tr key={disk.name}>{shown(disk).map((cell, at) => <Td key={COLUMNS[at]} dataLabel={t(COLUMNS[at]!)}>{cell}</Td>)}</Tr>)}</Tbody>
      </Table>
      {disks.some(({ hindrance }) => !hindrance) && (
        <>
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
        </>
      )}
    </Form>
  );
}
