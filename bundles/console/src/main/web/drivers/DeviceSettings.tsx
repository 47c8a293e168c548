import { Alert, Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { SettingFields, type Settings } from '../parts/SettingFields';
import { useSchema } from '../parts/schema';
import type { Device, DeviceSettings as Set, DriverSchema } from '../rest/answers';
import { answer, api } from '../rest/api';
import { touched, useDeviceSettings } from './questions';

/** Other settings for a device while its jobs wait: it keeps those that it had if it does not prove itself. */
export function DeviceSettings({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation('drivers');
  const schema = useSchema(device.driver, device.node);
  const set = useDeviceSettings(device);
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="settings-title">
      <ModalHeader title={t('settings.title', { name: device.name })} labelId="settings-title" description={t('settings.text')} />
      <Asked query={schema}>{(form) => <Asked query={set}>{(now) => <Fields device={device} schema={form} now={now} onClose={onClose} />}</Asked>}</Asked>
    </Modal>
  );
}

/** What differs from what is set; null is the driver's default. */
function changes(schema: DriverSchema, before: Settings, now: Settings): Record<string, string | null> {
  const names = Object.keys(schema.properties).filter((name) => before[name] !== now[name]);
  return Object.fromEntries(names.map((name) => [name, now[name] ?? null]));
}

function Fields({ device, schema, now, onClose }: { device: Device; schema: DriverSchema; now: Set; onClose: () => void }) {
  const { t } = useTranslation('drivers');
  const [values, setValues] = useState<Settings>(now.values);
  const changed = changes(schema, now.values, values);
  const save = useMutation({
    mutationFn: () => answer(api.PATCH('/devices/{name}', { params: { path: { name: device.name }, query: { node: device.node } }, body: { settings: changed } })),
    onSuccess: () => { touched(); onClose(); },
  });
  return (
    <>
      <ModalBody>
        <Form id="device-settings" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
          <SettingFields schema={schema} values={values} kept={now.secrets} onChange={setValues} />
        </Form>
        {save.isPending && <Alert isInline variant="info" title={t('settings.waiting')} className="az-after" />}
        {save.isError && <ProblemView thrown={save.error} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="device-settings" isDisabled={Object.keys(changed).length === 0} isLoading={save.isPending}>{t('settings.save')}</Button>
        <Button variant="link" onClick={onClose}>{t('cancel')}</Button>
      </ModalFooter>
    </>
  );
}
