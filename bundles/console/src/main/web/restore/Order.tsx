import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemView } from '../parts/ProblemView';
import type { OneSnapshot } from '../rest/answers';
import { answer, api } from '../rest/api';
import { OrderFields, type Wish } from './OrderFields';
import { Preview } from './Preview';
import { folderOf } from './paths';

/** What the appliance is asked for; a path that is a whole snapshot is no path. */
export function orderOf(snapshot: OneSnapshot, paths: string[], wish: Wish, dryRun: boolean) {
  return {
    kind: 'restore', snapshot: snapshot.id, paths: paths.includes('/') ? [] : paths, to: wish.place === 'original' ? '/' : wish.folder, client: wish.client,
    overwrite: wish.overwrite, fromCopy: wish.fromCopy || null, thaw: wish.thaw || null, dryRun,
  };
}

/** Asks where to and what becomes of files that are there; the restore begins after its effect could be seen. */
export function Order({ snapshot, paths, onClose }: { snapshot: OneSnapshot; paths: string[]; onClose: () => void }) {
  const { t } = useTranslation('restore');
  const navigate = useNavigate();
  const [wish, setWish] = useState<Wish>({ place: 'folder', folder: '', client: snapshot.client, overwrite: 'never', fromCopy: '', thaw: '' });
  const [looking, setLooking] = useState(false);
  const [archived, setArchived] = useState(false);
  const begin = useMutation({
    mutationFn: () => answer(api.POST('/jobs', { body: orderOf(snapshot, paths, wish, false) })),
    onSuccess: (job) => void navigate(`/restore/job/${job.id}`),
  });
  const ready = wish.place === 'original' || wish.folder.startsWith('/');
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="order-title">
      <ModalHeader title={t('order.title')} labelId="order-title" description={paths.length === 1 ? t('order.path', { path: paths[0] }) : t('order.paths', { count: paths.length, folder: folderOf(paths[0]) })} />
      <ModalBody>
        <Form onSubmit={(event) => event.preventDefault()}>
          <OrderFields snapshot={snapshot} wish={wish} archived={archived} onChange={(next) => { setWish(next); setLooking(false); }} />
        </Form>
        {looking && <Preview snapshot={snapshot} paths={paths} wish={wish} onArchived={() => setArchived(true)} />}
        {begin.isError && <ProblemView thrown={begin.error} />}
      </ModalBody>
      <ModalFooter>
        <Button onClick={() => begin.mutate()} isDisabled={!ready} isLoading={begin.isPending}>{t('order.begin')}</Button>
        <Button variant="secondary" onClick={() => setLooking(true)} isDisabled={!ready || looking}>{t('order.preview')}</Button>
        <Button variant="link" onClick={onClose}>{t('order.cancel')}</Button>
      </ModalFooter>
    </Modal>
  );
}
