import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Standing } from '../rest/proofs';
import { answer, api } from '../rest/api';
import { useProven } from '../rest/questions';

/** Of each copy of each save set when a drill proved it last; a drill of it is one button away. */
export function Proven() {
  return <Asked query={useProven()}>{(rows) => <Rows rows={rows} />}</Asked>;
}

function Rows({ rows }: { rows: Standing[] }) {
  const { t } = useTranslation('proof');
  const go = useNavigate();
  const drill = useMutation({
    mutationFn: ({ snapshot, pool }: Standing) => answer(api.POST('/jobs', { body: { kind: 'drill', snapshot, fromCopy: pool } })),
    onSuccess: (job) => go(`/jobs/${job.id}`),
  });
  if (rows.length === 0) return <p>{t('proven.none')}</p>;
  return (
    <>
      {drill.error && <ProblemView thrown={drill.error} />}
      <Table aria-label={t('proven.title')} variant="compact" className="az-table">
        <Thead><Tr>{(['saveSet', 'pool', 'proven', 'last'] as const).map((column) => <Th key={column}>{t(`proven.${column}`)}</Th>)}<Th screenReaderText={t('proven.drill')} /></Tr></Thead>
        <Tbody>
          {rows.map((one) => {
            const saveSet = `${one.client}/${one.saveSet}`;
            return (
              <Tr key={`${saveSet} ${one.pool}`}>
                <Td dataLabel={t('proven.saveSet')}>{saveSet}</Td>
                <Td dataLabel={t('proven.pool')}>{one.pool}</Td>
                <Td dataLabel={t('proven.proven')}>{one.proven ? <When time={one.proven.ended} /> : t('proven.never')}</Td>
                <Td dataLabel={t('proven.last')}>{one.last ? <StateLabel state={one.last.outcome} /> : '–'}</Td>
                <Td><Button variant="link" isInline isDisabled={drill.isPending} onClick={() => drill.mutate(one)} aria-label={t('proven.drillName', { saveSet, pool: one.pool })}>{t('proven.drill')}</Button></Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </>
  );
}
