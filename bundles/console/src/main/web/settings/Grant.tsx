import { Button, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { roles } from './questions';

export interface Granted { name: string; role: string; clients: string[] }

/** A name, what it may, and whose data it has to do with: of a user and of a token alike. */
export function Grant({ title, action, error, isPending, onGrant, onClose }: {
  title: string; action: string; error: unknown; isPending: boolean; onGrant: (granted: Granted) => void; onClose: () => void;
}) {
  const { t } = useTranslation('settings');
  const [name, setName] = useState('');
  const [role, setRole] = useState<string>('operator');
  const [clients, setClients] = useState('');
  const list = clients.split(/[\s,]+/).filter(Boolean);
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="grant-title">
      <ModalHeader title={title} labelId="grant-title" />
      <ModalBody>
        <Form id="grant" onSubmit={(event) => { event.preventDefault(); onGrant({ name, role, clients: list }); }}>
          <FormGroup label={t('grant.name')} fieldId="grant-name" isRequired><TextInput id="grant-name" isRequired value={name} onChange={(_, text) => setName(text)} autoComplete="off" /></FormGroup>
          <FormGroup label={t('grant.role')} fieldId="grant-role">
            <FormSelect id="grant-role" value={role} onChange={(_, value) => setRole(value)} aria-describedby="grant-role-help">
              {roles.map((one) => <FormSelectOption key={one} value={one} label={t(`role.${one}`)} />)}
            </FormSelect>
            <FormHelperText><HelperText id="grant-role-help"><HelperTextItem>{t(`role.${role}Help`)}</HelperTextItem></HelperText></FormHelperText>
          </FormGroup>
          <FormGroup label={t('grant.clients')} fieldId="grant-clients" isRequired={role === 'restorer'}>
            <TextInput id="grant-clients" value={clients} onChange={(_, text) => setClients(text)} aria-describedby="grant-clients-help" />
            <FormHelperText><HelperText id="grant-clients-help"><HelperTextItem>{t('grant.clientsHelp')}</HelperTextItem></HelperText></FormHelperText>
          </FormGroup>
        </Form>
        {error !== null && error !== undefined && <ProblemView thrown={error} />}
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="grant" isDisabled={name === ''} isLoading={isPending}>{action}</Button>
        <Button variant="link" onClick={onClose}>{t('cancel')}</Button>
      </ModalFooter>
    </Modal>
  );
}
