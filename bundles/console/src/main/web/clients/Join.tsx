import { Alert, Button, ClipboardCopy, Form, FormGroup, FormSelect, FormSelectOption, Modal, ModalBody, ModalFooter, ModalHeader, TextInput } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import type { Invitation } from '../rest/answers';
import { answer, api } from '../rest/api';

/** Makes a code and shows the one line that is typed on the host. */
export function Join({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('clients');
  const [name, setName] = useState('');
  const [role, setRole] = useState('client');
  const invite = useMutation({ mutationFn: () => answer(api.POST('/enrolments', { params: { path: {} }, body: { role, ...(name && { name }) } })) });
  const submit = (event: FormEvent) => { event.preventDefault(); invite.mutate(); };
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="join-title">
      <ModalHeader title={t('join')} labelId="join-title" />
      <ModalBody tabIndex={0} aria-label={t('join')}>
        {invite.error && <ProblemView thrown={invite.error} />}
        {invite.data ? <Line invitation={invite.data} role={role} /> : (
          <Form id="join" onSubmit={submit}>
            <FormGroup label={t('role')} fieldId="join-role">
              <FormSelect id="join-role" value={role} onChange={(_, value) => setRole(value)}>
                {['client', 'node'].map((one) => <FormSelectOption key={one} value={one} label={t(`roles.${one}`)} />)}
              </FormSelect>
            </FormGroup>
            <FormGroup label={t('name')} fieldId="join-name">
              <TextInput id="join-name" value={name} onChange={(_, value) => setName(value.trim())} autoCapitalize="none" aria-describedby="join-name-help" />
              <p id="join-name-help" className="az-help">{t('nameHelp')}</p>
            </FormGroup>
          </Form>
        )}
      </ModalBody>
      <ModalFooter>
        {!invite.data && <Button type="submit" form="join" isLoading={invite.isPending}>{t('makeCode')}</Button>}
        <Button variant="link" onClick={onClose}>{t('close')}</Button>
      </ModalFooter>
    </Modal>
  );
}

function Line({ invitation, role }: { invitation: Invitation; role: string }) {
  const { t } = useTranslation('clients');
  const url = invitation.url ?? window.location.origin;
  const line = `azekura join ${url} ${invitation.code}${role === 'node' ? ' --role node' : ''}`;
  return (
    <>
      <p>{t('line')}</p>
      <ClipboardCopy isReadOnly isCode hoverTip={t('copy')} clickTip={t('copied')} textAriaLabel={t('line')} toggleAriaLabel={t('line')}>{line}</ClipboardCopy>
      <p className="az-help">{t('once')} <When time={invitation.expires} /></p>
      <p className="az-help">{t('fingerprint')} <code className="az-wrap">{invitation.fingerprint}</code></p>
      {!invitation.url && <Alert isInline variant="warning" title={t('loopback')} component="h3">{t('loopbackText')}</Alert>}
    </>
  );
}
