import { Button, Flex } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { OneJob } from '../rest/answers';
import { ended, useJobOrder } from './questions';

const RESUMABLE = ['failed', 'cancelled', 'parked'];
const KINDS = ['backup', 'restore'];

export function JobOrders({ job }: { job: OneJob }) {
  const { t } = useTranslation('jobs');
  const [asking, setAsking] = useState(false);
  const cancel = useJobOrder('cancel');
  const resume = useJobOrder('resume');
  const thrown = cancel.error ?? resume.error;
  return (
    <Flex direction={{ default: 'column' }} alignItems={{ default: 'alignItemsFlexEnd' }}>
      <Flex>
        {RESUMABLE.includes(job.state) && (KINDS.includes(job.kind) || job.state === 'parked')
          && <Button variant="primary" isLoading={resume.isPending} onClick={() => resume.mutate(job.id)}>{t('resume')}</Button>}
        {!ended(job) && <Button variant="secondary" isLoading={cancel.isPending} onClick={() => setAsking(true)}>{t('cancel')}</Button>}
      </Flex>
      {thrown && <ProblemView thrown={thrown} />}
      {asking && (
        <Confirm title={t('cancelAsk', { id: job.id })} action={t('cancel')} onClose={() => setAsking(false)} onConfirm={() => cancel.mutate(job.id)}>
          {t(KINDS.includes(job.kind) ? 'cancelTextResumable' : 'cancelText')}
        </Confirm>
      )}
    </Flex>
  );
}
