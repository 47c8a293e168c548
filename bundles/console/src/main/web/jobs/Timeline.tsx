import { ProgressStep, ProgressStepper, type ProgressStepProps } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { When } from '../parts/When';
import type { OneJob } from '../rest/answers';
import { phaseText } from './phase';
import { ended, useProgress } from './questions';

const ENDS: Record<string, ProgressStepProps['variant']> = { done: 'success', warned: 'warning', failed: 'danger', cancelled: 'default' };
const HELD = ['paused', 'parked'];

/** Ordered, begun, where it is now, ended. */
export function Timeline({ job }: { job: OneJob }) {
  const { t } = useTranslation('jobs');
  const { t: state } = useTranslation('parts');
  const progress = useProgress(job.id);
  const over = ended(job);
  const held = HELD.includes(job.state);
  const phase = progress?.phase ? phaseText(t, progress.phase) : state('state.running');
  return (
    <ProgressStepper isVertical aria-label={t('timeline')}>
      <ProgressStep id="begun" titleId="begun-title" variant={job.started ? 'success' : 'pending'} isCurrent={!job.started} aria-label={t('begun')} description={<When time={job.started} />}>
        {t('begun')}
      </ProgressStep>
      <ProgressStep id="now" titleId="now-title" variant={over ? 'success' : held ? 'warning' : 'info'} isCurrent={!over && job.started !== null} aria-label={phase}
        description={held ? <span lang="en">{job.error}</span> : undefined}>
        {over ? t('worked') : held ? state(`state.${job.state}`) : phase}
      </ProgressStep>
      <ProgressStep id="end" titleId="end-title" variant={over ? ENDS[job.state] : 'pending'} aria-label={t('end')} description={over ? <When time={job.ended} /> : undefined}>
        {over ? state(`state.${job.state}`) : t('end')}
      </ProgressStep>
    </ProgressStepper>
  );
}
