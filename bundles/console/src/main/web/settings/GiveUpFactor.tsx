import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { removeFactor } from '../rest/session';
import { Line } from './Line';

/** Takes one's own second factor away: who does it proves himself by it once more, and signs in anew. */
export function GiveUpFactor() {
  const { t } = useTranslation('settings');
  const [asking, setAsking] = useState(false);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const remove = useMutation({ mutationFn: () => removeFactor(password, code) });
  return (
    <>
      <Button variant="link" isInline isDanger className="az-after" onClick={() => setAsking(true)}>{t('own.remove')}</Button>
      {asking && (
        <Modal isOpen variant="small" onClose={() => setAsking(false)} aria-labelledby="give-up-title">
          <ModalHeader title={t('own.remove')} labelId="give-up-title" description={t('own.removeText')} />
          <ModalBody>
            <Form id="give-up" onSubmit={(event) => { event.preventDefault(); remove.mutate(); }}>
              {remove.error && <ProblemView thrown={remove.error} />}
              <Line id="give-up-password" label={t('own.password')} value={password} onChange={setPassword} isSecret="current-password" />
              <Line id="give-up-code" label={t('own.oldCode')} value={code} onChange={setCode} isCode />
            </Form>
          </ModalBody>
          <ModalFooter>
            <Button type="submit" form="give-up" variant="danger" isDisabled={!password || !code} isLoading={remove.isPending}>{t('own.remove')}</Button>
            <Button variant="link" onClick={() => setAsking(false)}>{t('cancel')}</Button>
          </ModalFooter>
        </Modal>
      )}
    </>
  );
}
