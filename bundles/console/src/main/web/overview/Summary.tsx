import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Figure, FigureRow } from '../parts/Figure';
import { Count } from '../parts/Size';
import { SpreadLabel, StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Job, Snapshot, SpreadState } from '../rest/answers';
import { usePools, useStatus } from '../rest/questions';
import type { Protected } from './protected';

/** The worst first. */
const SPREAD: SpreadState[] = ['lost', 'single', 'partly', 'safe'];

/** The first look: is everything protected, was a restore proven, how far are copies apart, what runs, and how much smaller it is stored. */
export function Summary({ rows, snapshots, jobs }: { rows: Protected[]; snapshots: Snapshot[]; jobs: Job[] }) {
  const { t, i18n } = useTranslation('overview');
  const used = (usePools().data ?? []).reduce((sum, pool) => sum + pool.used, 0);
  const bytes = snapshots.reduce((sum, snapshot) => sum + snapshot.bytes, 0);
  const fine = rows.filter((row) => row.state === 'protected').length;
  const running = jobs.filter((job) => job.state === 'running').length;
  const { proven, spread } = useStatus().data ?? {};
  const farthest = spread && SPREAD.find((state) => spread[state] > 0);
  const worst = rows[0].state;
  return (
    <FigureRow>
      <Figure name={t('protected')} note={<StateLabel state={worst} />}>{t('ofSets', { fine, all: rows.length })}</Figure>
      <Figure name={t('lastProven')} note={proven ? `${proven.client}/${proven.saveSet}` : <Link to="/proof">{t('neverProven')}</Link>}>
        <When time={proven?.time} />
      </Figure>
      {farthest && (
        <Figure name={t('spread')} note={<SpreadLabel state={farthest} />}>{t('ofSets', { fine: spread.safe, all: SPREAD.reduce((sum, state) => sum + spread[state], 0) })}</Figure>
      )}
      <Figure name={t('runningJobs')} note={<Link to="/jobs?show=active">{t('showJobs')}</Link>}><Count value={running} /></Figure>
      <Figure name={t('reduction')} note={t('reductionText')}>
        {used > 0 && bytes > 0 ? t('times', { value: (bytes / used).toLocaleString(i18n.language, { maximumSignificantDigits: 3 }) }) : '–'}
      </Figure>
    </FigureRow>
  );
}
