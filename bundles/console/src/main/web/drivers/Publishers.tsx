import { Button, Form, FormGroup, TextArea } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { usePublishers } from './questions';

/** Whose packages are let in: by their certificate, which is told by its fingerprint. */
export function Publishers() {
  const { t, i18n } = useTranslation('drivers');
  const publishers = usePublishers();
  const [certificate, setCertificate] = useState('');
  const news = () => void cache.invalidateQueries({ queryKey: ['publishers'] });
  const trust = useMutation({ mutationFn: () => answer(api.POST('/publishers', { body: { certificate } })), onSuccess: () => { setCertificate(''); news(); } });
  const drop = useMutation({ mutationFn: (name: string) => answer(api.DELETE('/publishers/{name}', { params: { path: { name } } })), onSuccess: news });
  const day = (time: string) => new Date(time).toLocaleDateString(i18n.language, { dateStyle: 'medium' });
  return (
    <>
      <Asked query={publishers}>
        {(all) => (
          <Table aria-label={t('publishers.title')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'state', 'fingerprint', 'until'] as const).map((column) => <Th key={column}>{t(`publishers.${column}`)}</Th>)}<Th screenReaderText={t('publishers.remove')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={one.name}>
                  <Td dataLabel={t('publishers.name')}>{one.name}{one.shipped && <div className="az-help">{t('publishers.shipped')}</div>}</Td>
                  <Td dataLabel={t('publishers.state')}><StateLabel state={one.state} /></Td>
                  <Td dataLabel={t('publishers.fingerprint')} className="az-fingerprint">{one.fingerprint.match(/.{1,8}/g)?.join(' ')}</Td>
                  <Td dataLabel={t('publishers.until')}>{day(one.until)}</Td>
                  <Td><Button variant="link" isInline isDanger aria-label={t('publishers.removeOne', { name: one.name })} onClick={() => drop.mutate(one.name)}>{t('publishers.remove')}</Button></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
      <Form className="az-after" isWidthLimited onSubmit={(event) => { event.preventDefault(); trust.mutate(); }}>
        <FormGroup label={t('publishers.certificate')} fieldId="certificate"><TextArea id="certificate" rows={3} value={certificate} onChange={(_, text) => setCertificate(text)} /></FormGroup>
        <div><Button type="submit" variant="secondary" isDisabled={certificate.trim() === ''} isLoading={trust.isPending}>{t('publishers.trust')}</Button></div>
      </Form>
      {(trust.isError || drop.isError) && <ProblemView thrown={trust.error ?? drop.error} />}
    </>
  );
}
