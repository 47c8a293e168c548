import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import type { Driver } from '../rest/answers';
import { answer, api } from '../rest/api';
import { useDrivers } from '../rest/questions';

export function Installed({ onJob }: { onJob: (job: number) => void }) {
  const { t } = useTranslation('drivers');
  const drivers = useDrivers();
  const [leaving, setLeaving] = useState<Driver | null>(null);
  const remove = useMutation({
    mutationFn: ({ name, node }: Driver) => answer(api.DELETE('/drivers/{name}', { params: { path: { name }, query: { node } } })),
    onSuccess: (job) => onJob(job.id),
  });
  return (
    <>
      {remove.isError && <ProblemView thrown={remove.error} />}
      <Asked query={drivers}>
        {(all) => (
          <Table aria-label={t('installed.title')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'version', 'publisher', 'state', 'devices', 'node'] as const).map((column) => <Th key={column}>{t(`installed.${column}`)}</Th>)}<Th screenReaderText={t('installed.remove')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={`${one.node} ${one.name}`}>
                  <Td dataLabel={t('installed.name')}>{one.name}</Td>
                  <Td dataLabel={t('installed.version')}>{one.version}</Td>
                  <Td dataLabel={t('installed.publisher')}>{one.signed ? one.publisher || t('installed.shipped') : <Label isCompact variant="outline" color="orange">{t('installed.unsigned')}</Label>}</Td>
                  <Td dataLabel={t('installed.state')}><StateLabel state={one.state} />{one.problem && <div className="az-help">{one.problem}</div>}</Td>
                  <Td dataLabel={t('installed.devices')}>{one.devices.join(', ') || '–'}</Td>
                  <Td dataLabel={t('installed.node')}>{one.node}</Td>
                  <Td><Button variant="link" isInline isDanger aria-label={t('installed.removeOne', { name: one.name })} onClick={() => setLeaving(one)}>{t('installed.remove')}</Button></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
      {leaving && (
        <Confirm danger title={t('installed.removeTitle', { name: leaving.name, node: leaving.node })} action={t('installed.remove')} onConfirm={() => remove.mutate(leaving)} onClose={() => setLeaving(null)}>
          {t('installed.removeText')}
        </Confirm>
      )}
    </>
  );
}
