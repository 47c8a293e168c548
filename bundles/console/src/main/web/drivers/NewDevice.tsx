import { Button, Form, FormGroup, FormSelect, FormSelectOption, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { SettingFields, complete, type Settings } from '../parts/SettingFields';
import { makesDevices, useSchema } from '../parts/schema';
import { answer, api } from '../rest/api';
import { useDrivers } from '../rest/questions';
import { touched } from './questions';

export function NewDevice({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('drivers');
  const drivers = (useDrivers().data ?? []).filter(makesDevices);
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [values, setValues] = useState<Settings>({});
  const driver = drivers.find((one) => `${one.node} ${one.name}` === key);
  const schema = useSchema(driver?.name ?? null, driver?.node);
  const make = useMutation({
    mutationFn: () => answer(api.POST('/devices', { body: { name, driver: driver!.name, node: driver!.node, settings: values } })),
    onSuccess: () => { touched(); onClose(); },
  });
  const ready = name !== '' && schema.data !== undefined && complete(schema.data, values);
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="device-title">
      <ModalHeader title={t('devices.add')} labelId="device-title" />
      <ModalBody>
        <Form id="new-device" onSubmit={(event) => { event.preventDefault(); if (ready) make.mutate(); }}>
          <FormGroup label={t('devices.name')} fieldId="device-name" isRequired><TextInput id="device-name" value={name} isRequired onChange={(_, text) => setName(text)} /></FormGroup>
          <FormGroup label={t('devices.driver')} fieldId="device-driver" isRequired>
            <FormSelect id="device-driver" value={key} onChange={(_, value) => { setKey(value); setValues({}); }}>
              <FormSelectOption value="" label={t('devices.choose')} isPlaceholder />
              {drivers.map((one) => <FormSelectOption key={`${one.node} ${one.name}`} value={`${one.node} ${one.name}`} label={t('devices.on', { driver: one.name, node: one.node })} />)}
            </FormSelect>
          </FormGroup>
          {driver && <Asked query={schema}>{(form) => <><p>{form.description}</p><SettingFields schema={form} values={values} onChange={setValues} /></>}</Asked>}
        </Form>
        {make.isError && <ProblemView thrown={make.error} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="new-device" isDisabled={!ready} isLoading={make.isPending}>{t('devices.add')}</Button>
        <Button variant="link" onClick={onClose}>{t('cancel')}</Button>
      </ModalFooter>
    </Modal>
  );
}
