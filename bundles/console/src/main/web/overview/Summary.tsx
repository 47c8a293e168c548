import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Figure, FigureRow } from '../parts/Figure';
import { Count } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Job, Snapshot } from '../rest/answers';
import { usePools, useStatus } from '../rest/questions';
import type { Protected } from './protected';

/** The first look: is everything protected, was a restore proven, what runs, and how much smaller it is stored. */
export function Summary({ rows, snapshots, jobs }: { rows: Protected[]; snapshots: Snapshot[]; jobs: Job[] }) {
  const { t, i18n } = useTranslation('overview');
  const used = (usePools().data ?? []).reduce((sum, pool) => sum + pool.used, 0);
  const bytes = snapshots.reduce((sum, snapshot) => sum + snapshot.bytes, 0);
  const fine = rows.filter((row) => row.state === 'protected').length;
  const running = jobs.filter((job) => job.state === 'running').length;
  const proven = useStatus().data?.proven;
  const worst = rows[0].state;
  return (
    <FigureRow>
      <Figure name={t('protected')} note={<StateLabel state={worst} />}>{t('ofSets', { fine, all: rows.length })}</Figure>
      <Figure name={t('lastProven')} note={proven ? `${proven.client}/${proven.saveSet}` : <Link to="/proof">{t('neverProven')}</Link>}>
        <When time={proven?.time} />
      </Figure>
      <Figure name={t('runningJobs')} note={<Link to="/jobs?show=active">{t('showJobs')}</Link>}><Count value={running} /></Figure>
      <Figure name={t('reduction')} note={t('reductionText')}>
        {used > 0 && bytes > 0 ? t('times', { value: (bytes / used).toLocaleString(i18n.language, { maximumSignificantDigits: 3 }) }) : '–'}
      </Figure>
    </FigureRow>
  );
}
