import { useTranslation } from 'react-i18next';
import { Facts } from '../parts/Facts';
import { Panel } from '../parts/Panel';
import type { OneJob } from '../rest/answers';

const PATHS = 8;

/** What was ordered. */
export function Ordered({ job }: { job: OneJob }) {
  const { t } = useTranslation('jobs');
  const more = job.paths.length - PATHS;
  return (
    <Panel title={t('ordered')}>
      <Facts facts={[
        [t('kindName'), t(`kind.${job.kind}`, { defaultValue: job.kind })],
        [t('client'), job.client],
        [t('via'), job.via],
        [t('fromClient'), job.from],
        [t('saveSet'), job.saveSet],
        [t('pool'), job.pool],
        [t('detour'), job.detour && <span lang="en">{job.detour}</span>],
        [t('paths'), job.paths.length > 0 && <ul className="az-paths">{job.paths.slice(0, PATHS).map((path) => <li key={path}><code>{path}</code></li>)}{more > 0 && <li>{t('morePaths', { count: more })}</li>}</ul>],
        [t('error'), job.error && <strong lang="en">{job.error}</strong>],
      ].map(([name, value]) => [name as string, value || null])} />
    </Panel>
  );
}
