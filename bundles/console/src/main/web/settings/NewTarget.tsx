import { Button, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { useChange } from './questions';

/** Fields of each kind; those behind the bar are secrets. */
const FIELDS = { mail: ['host', 'from', 'to', 'user', '|password'], webhook: ['url', '|secret'] };
const NEEDED = ['host', 'from', 'to', 'url'];

/** Somebody more who is told. */
export function NewTarget({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('settings');
  const [kind, setKind] = useState<'mail' | 'webhook'>('mail');
  const [name, setName] = useState('');
  const [language, setLanguage] = useState(i18n.language);
  const [least, setLeast] = useState('warning');
  const [quiet, setQuiet] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const make = useChange('targets', () => {
    const some = (secret: boolean) => Object.fromEntries(FIELDS[kind].filter((field) => field.startsWith('|') === secret && values[field]).map((field) => [field.replace('|', ''), values[field]]));
    const severity = { info: ['*'], warning: ['warning', 'error'], error: ['error'] }[least]!;
    return answer(api.POST('/notifications/targets', { body: { name, kind, language, quiet, settings: some(false), secrets: some(true), match: { severity } } }));
  });
  const choice = (id: string, value: string, set: (value: string) => void, options: string[]) => (
    <FormGroup label={t(`told.${id}`)} fieldId={`target-${id}`}>
      <FormSelect id={`target-${id}`} value={value} onChange={(_, next) => set(next)}>{options.map((one) => <FormSelectOption key={one} value={one} label={t(`told.${one}`)} />)}</FormSelect>
    </FormGroup>
  );
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="target-title">
      <ModalHeader title={t('told.make')} labelId="target-title" />
      <ModalBody>
        <Form id="target" onSubmit={(event) => { event.preventDefault(); make.mutate(undefined, { onSuccess: onClose }); }}>
          {choice('kind', kind, (next) => setKind(next as 'mail'), ['mail', 'webhook'])}
          <FormGroup label={t('told.name')} fieldId="target-name" isRequired><TextInput id="target-name" isRequired value={name} onChange={(_, text) => setName(text)} /></FormGroup>
          {FIELDS[kind].map((field) => {
            const id = field.replace('|', '');
            return (
              <FormGroup key={field} label={t(`told.field.${id}`)} fieldId={`target-${id}`} isRequired={NEEDED.includes(id)}>
                <TextInput id={`target-${id}`} type={field === id ? 'text' : 'password'} autoComplete={field === id ? 'off' : 'new-password'} isRequired={NEEDED.includes(id)} value={values[field] ?? ''}
                  onChange={(_, text) => setValues({ ...values, [field]: text })} />
              </FormGroup>
            );
          })}
          {choice('least', least, setLeast, ['info', 'warning', 'error'])}
          {choice('language', language, setLanguage, ['en', 'ja'])}
          <FormGroup label={t('told.quiet')} fieldId="target-quiet">
            <TextInput id="target-quiet" value={quiet} onChange={(_, text) => setQuiet(text)} aria-describedby="target-quiet-help" />
            <FormHelperText><HelperText id="target-quiet-help"><HelperTextItem>{t('told.quietHelp')}</HelperTextItem></HelperText></FormHelperText>
          </FormGroup>
        </Form>
        {make.isError && <ProblemView thrown={make.error} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="target" isDisabled={name === ''} isLoading={make.isPending}>{t('told.make')}</Button>
        <Button variant="link" onClick={onClose}>{t('cancel')}</Button>
      </ModalFooter>
    </Modal>
  );
}
