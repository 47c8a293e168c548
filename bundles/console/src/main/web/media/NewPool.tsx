import { Button, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, FormSelectOptionGroup, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { SettingFields, complete, type Settings } from '../parts/SettingFields';
import { makesDevices, useSchema } from '../parts/schema';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { useDrivers, useLibraries } from '../rest/questions';

/** Where a pool lies: in a library that is there, or on a device of its own, which is made with it. */
type Place = { kind: 'library'; library: string; driver: string; node: string } | { kind: 'device'; driver: string; node: string };

const keyOf = (place: Place) => (place.kind === 'library' ? `library ${place.node} ${place.library}` : `device ${place.node} ${place.driver}`);

export function NewPool({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('media');
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [key, setKey] = useState('');
  const [values, setValues] = useState<Settings>({});
  const libraries: Place[] = (useLibraries().data ?? []).map((one) => ({ kind: 'library', library: one.name, driver: one.driver, node: one.node }));
  const devices: Place[] = (useDrivers().data ?? []).filter(makesDevices).map((one) => ({ kind: 'device', driver: one.name, node: one.node }));
  const place = [...libraries, ...devices].find((one) => keyOf(one) === key);
  const schema = useSchema(place?.kind === 'device' ? place.driver : null, place?.node);
  const make = useMutation({
    mutationFn: () => answer(api.POST('/pools', { body: { name, driver: place!.driver, node: place!.node, settings: place!.kind === 'library' ? { library: place!.library } : values } })),
    onSuccess: () => { void cache.invalidateQueries({ queryKey: ['pools'] }); void cache.invalidateQueries({ queryKey: ['libraries'] }); void navigate(`/media/pools/${name}`); },
  });
  const ready = name !== '' && place !== undefined && (place.kind === 'library' || (schema.data !== undefined && complete(schema.data, values)));
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="pool-title">
      <ModalHeader title={t('pools.make')} labelId="pool-title" description={t('pools.makeText')} />
      <ModalBody>
        <Form id="new-pool" onSubmit={(event) => { event.preventDefault(); if (ready) make.mutate(); }}>
          <FormGroup label={t('pools.name')} fieldId="pool-name" isRequired>
            <TextInput id="pool-name" value={name} isRequired onChange={(_, value) => setName(value)} aria-describedby="pool-name-help" />
            <FormHelperText><HelperText id="pool-name-help"><HelperTextItem>{t('pools.nameHelp')}</HelperTextItem></HelperText></FormHelperText>
          </FormGroup>
          <FormGroup label={t('pools.place')} fieldId="pool-place" isRequired>
            <FormSelect id="pool-place" value={key} onChange={(_, value) => { setKey(value); setValues({}); }}>
              <FormSelectOption value="" label={t('pools.choosePlace')} isPlaceholder />
              <FormSelectOptionGroup label={t('part.libraries')}>
                {libraries.map((one) => <FormSelectOption key={keyOf(one)} value={keyOf(one)} label={t('pools.inLibrary', { library: one.kind === 'library' && one.library, node: one.node })} />)}
              </FormSelectOptionGroup>
              <FormSelectOptionGroup label={t('pools.newDevice')}>
                {devices.map((one) => <FormSelectOption key={keyOf(one)} value={keyOf(one)} label={t('pools.byDriver', { driver: one.driver, node: one.node })} />)}
              </FormSelectOptionGroup>
            </FormSelect>
          </FormGroup>
          {place?.kind === 'device' && <Asked query={schema}>{(form) => <><p>{form.description}</p><SettingFields schema={form} values={values} onChange={setValues} /></>}</Asked>}
        </Form>
        {make.isError && <ProblemView thrown={make.error} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="new-pool" isDisabled={!ready} isLoading={make.isPending}>{t('pools.make')}</Button>
        <Button variant="link" onClick={onClose}>{t('cancel')}</Button>
      </ModalFooter>
    </Modal>
  );
}
