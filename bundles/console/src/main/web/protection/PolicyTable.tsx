import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Policy } from '../rest/answers';
import { answer, api } from '../rest/api';

export function PolicyTable({ policies }: { policies: Policy[] }) {
  const { t } = useTranslation('protection');
  const go = useNavigate();
  const run = useMutation({ mutationFn: (policy: string) => answer(api.POST('/policies/{name}/run', { params: { path: { name: policy } } })), onSuccess: () => go('/jobs?show=active') });
  return (
    <>
      {run.error && <ProblemView thrown={run.error} />}
      <Table variant="compact" aria-label={t('policies')} className="az-table">
        <Thead>
          <Tr><Th>{t('name')}</Th><Th>{t('saveSets')}</Th><Th>{t('pool')}</Th><Th>{t('schedule')}</Th><Th>{t('keep')}</Th><Th>{t('nextRun')}</Th><Th>{t('lastRun')}</Th><Th screenReaderText={t('run')} /></Tr>
        </Thead>
        <Tbody>
          {policies.map((policy) => (
            <Tr key={policy.name}>
              <Td dataLabel={t('name')}><Link to={`/protection/policies/${encodeURIComponent(policy.name)}`}>{policy.name}</Link> {!policy.enabled && <StateLabel state="disabled" />}</Td>
              <Td dataLabel={t('saveSets')}>{policy.saveSets.map(({ client, name }) => `${client}/${name}`).join(', ')}</Td>
              <Td dataLabel={t('pool')}>{[policy.pool, ...policy.copyTo].join(' → ')}</Td>
              <Td dataLabel={t('schedule')}>{policy.schedule || t('byHand')}</Td>
              <Td dataLabel={t('keep')}>{policy.keep ? rules(policy.keep).map(([rule, much]) => `${t(`rule.${rule}`, { defaultValue: rule })} ${much}`).join(', ') : t('keepAll')}</Td>
              <Td dataLabel={t('nextRun')}><When time={policy.next?.[0]} /></Td>
              <Td dataLabel={t('lastRun')}>{policy.last?.[0] ? <><StateLabel state={policy.last[0].state} /> <When time={policy.last[0].due} /></> : '–'}</Td>
              <Td><Button variant="link" isInline isDisabled={run.isPending} onClick={() => run.mutate(policy.name)} aria-label={t('runName', { name: policy.name })}>{t('run')}</Button></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}

/** Of daily=7,weekly=4. */
const rules = (keep: string) => keep.split(',').map((one) => one.split('='));
