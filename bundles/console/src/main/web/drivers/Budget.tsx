import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Facts } from '../parts/Facts';
import { ProblemView } from '../parts/ProblemView';
import { Count, Size } from '../parts/Size';
import type { Bounds, Device, MonthlyUse } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { of } from './questions';

const GIB = 2 ** 30;

/** What a device has carried this month, and what of that it may. */
export function Budget({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('drivers');
  const use = useQuery({ queryKey: ['device-budget', device.node, device.name], queryFn: () => answer(api.GET('/devices/{name}/budget', of(device))), staleTime: 0, gcTime: 0 });
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="budget-title">
      <ModalHeader title={t('budget.title', { name: device.name })} labelId="budget-title" description={t('budget.text')} />
      <Asked query={use}>{(now) => <Fields device={device} now={now} onClose={onClose} />}</Asked>
    </Modal>
  );
}

function Used({ now }: { now: MonthlyUse }) {
  const { t } = useTranslation('drivers');
  return (
    <Facts facts={[
      [t('budget.month'), now.month],
      [t('budget.in'), <Size bytes={now.bytesIn} />],
      [t('budget.out'), <Size bytes={now.bytesOut} />],
      [t('budget.requests'), <Count value={now.requests} />],
      [t('budget.money'), now.money === 0 ? null : <Count value={now.money} />],
      [t('budget.percent'), now.percent === null ? null : `${now.percent} %`],
    ]} />
  );
}

/** Empty fields bound nothing; with all of them empty there is no budget. */
function Fields({ device, now, onClose }: { device: Device; now: MonthlyUse; onClose: () => void }) {
  const { t } = useTranslation('drivers');
  const shown = (value: number | null | undefined, unit = 1) => (value == null ? '' : String(value / unit));
  const [gib, setGib] = useState(shown(now.budget?.bytes, GIB));
  const [requests, setRequests] = useState(shown(now.budget?.requests));
  const [money, setMoney] = useState(shown(now.budget?.money));
  const number = (text: string, unit = 1) => (text === '' ? null : Number(text) * unit);
  const bounds: Bounds = { bytes: gib === '' ? null : Math.round(Number(gib) * GIB), requests: number(requests), money: number(money) };
  const none = Object.values(bounds).every((one) => one === null);
  const save = useMutation({
    mutationFn: () => (none ? answer(api.DELETE('/devices/{name}/budget', of(device))) : answer(api.PUT('/devices/{name}/budget', { ...of(device), body: bounds }))),
    onSuccess: () => { for (const list of ['alerts', 'jobs']) void cache.invalidateQueries({ queryKey: [list] }); onClose(); },
  });
  const fields: [string, string, (text: string) => void, string][] = [['bytes', gib, setGib, 'any'], ['requests', requests, setRequests, '1'], ['money', money, setMoney, 'any']];
  return (
    <>
      <ModalBody>
        <Used now={now} />
        <Form id="device-budget" className="az-after" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          {fields.map(([name, value, set, step]) => (
            <FormGroup key={name} label={t(`budget.${name}Bound`)} fieldId={`budget-${name}`}>
              <TextInput id={`budget-${name}`} type="number" min={0} step={step} value={value} onChange={(_, text) => set(text)} aria-describedby="budget-help" />
            </FormGroup>
          ))}
          <FormHelperText><HelperText id="budget-help"><HelperTextItem>{t('budget.help')}</HelperTextItem></HelperText></FormHelperText>
        </Form>
        {save.isError && <ProblemView thrown={save.error} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="device-budget" isLoading={save.isPending}>{t('budget.save')}</Button>
        <Button variant="link" onClick={onClose}>{t('cancel')}</Button>
      </ModalFooter>
    </>
  );
}
