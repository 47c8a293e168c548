import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { Size } from '../parts/Size';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import type { DiskSet } from '../rest/disks';

export const again = () => cache.invalidateQueries({ queryKey: ['disks'] });

export function Sets({ sets }: { sets: DiskSet[] }) {
  const { t } = useTranslation('disks');
  const attach = useMutation({ mutationFn: (set: string) => answer(api.POST('/appliance/disks/{set}/attach', { params: { path: { set } } })), onSettled: again });
  return (
    <>
      {attach.error && <ProblemView thrown={attach.error} />}
      <Table aria-label={t('sets')} variant="compact" className="az-table">
        <Thead><Tr><Th>{t('name')}</Th><Th>{t('state')}</Th><Th>{t('protection')}</Th><Th>{t('size')}</Th><Th>{t('folder')}</Th></Tr></Thead>
        <Tbody>
          {sets.map((set) => (
            <Tr key={`${set.name} ${set.state}`}>
              <Td dataLabel={t('name')}>{set.name}</Td>
              <Td dataLabel={t('state')}>
                {t(`setState.${set.state}`)}
                {set.state === 'found' && <div><Button variant="secondary" isLoading={attach.isPending} onClick={() => attach.mutate(set.name)}>{t('attach', { set: set.name })}</Button> {t('attachText')}</div>}
              </Td>
              <Td dataLabel={t('protection')}>{t(`level.${set.level}`)}</Td><Td dataLabel={t('size')}><Size bytes={set.bytes} /></Td><Td dataLabel={t('folder')}>{set.folder}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
