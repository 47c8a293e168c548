import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks before what cannot be taken back. @param danger colours the button, which says the same in words */
export function Confirm({ title, action, danger = false, onConfirm, onClose, children }: {
  title: string; action: string; danger?: boolean; onConfirm: () => void; onClose: () => void; children: ReactNode;
}) {
  const { t } = useTranslation('parts');
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="confirm-title" aria-describedby="confirm-text">
      <ModalHeader title={title} labelId="confirm-title" />
      <ModalBody id="confirm-text">{children}</ModalBody>
      <ModalFooter>
        <Button variant={danger ? 'danger' : 'primary'} onClick={() => { onClose(); onConfirm(); }}>{action}</Button>
        <Button variant="link" onClick={onClose}>{t('dismiss')}</Button>
      </ModalFooter>
    </Modal>
  );
}
