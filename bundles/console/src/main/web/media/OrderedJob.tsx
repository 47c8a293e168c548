import { Alert } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useJob } from '../jobs/questions';

const VARIANT: Record<string, 'success' | 'danger' | 'warning'> = { done: 'success', failed: 'danger', cancelled: 'danger', warned: 'warning', parked: 'warning', paused: 'warning' };

/** What was ordered last, and how it goes with it. */
export function OrderedJob({ id, kind }: { id: number; kind: string }) {
  const { t } = useTranslation('media');
  const job = useJob(id).data;
  const state = job?.state ?? 'queued';
  return (
    <div role="status" className="az-before">
      <Alert isInline variant={VARIANT[state] ?? 'info'} title={t('ordered.title', { what: t(`ordered.${kind}`), state: t(`ordered.state.${state}`) })}
        actionLinks={<Link to={`/jobs/${id}`}>{t('ordered.job', { id })}</Link>}>
        {job?.error}
      </Alert>
    </div>
  );
}
