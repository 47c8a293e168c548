import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ended } from '../jobs/questions';
import { JobTable } from '../jobs/JobTable';
import { Panel } from '../parts/Panel';
import type { Job } from '../rest/answers';

const SHOWN = 8;

/** What runs now, live; else what ran last. */
export function Running({ jobs }: { jobs: Job[] }) {
  const { t } = useTranslation('overview');
  const now = jobs.filter((job) => !ended(job));
  const shown = (now.length > 0 ? now : jobs).slice(-SHOWN).reverse();
  return (
    <Panel title={t(now.length > 0 ? 'now' : 'recent')} more={<Link to="/jobs">{t('allJobs')}</Link>}>
      {shown.length === 0 ? <p>{t('noJobs')}</p> : <JobTable jobs={shown} brief />}
    </Panel>
  );
}
