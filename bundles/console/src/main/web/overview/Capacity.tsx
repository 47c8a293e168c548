import { Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { Panel } from '../parts/Panel';
import { sizeText } from '../parts/Size';
import type { Pool, Snapshot } from '../rest/answers';
import { usePools } from '../rest/questions';
import { fullOn } from './forecast';

export function Capacity({ snapshots }: { snapshots: Snapshot[] }) {
  const { t } = useTranslation('overview');
  return (
    <Panel title={t('capacity')} more={<Link to="/media">{t('toMedia')}</Link>}>
      <Asked query={usePools()}>{(pools) => <>{pools.map((pool) => <Fill key={pool.name} pool={pool} snapshots={snapshots} />)}</>}</Asked>
    </Panel>
  );
}

function Fill({ pool, snapshots }: { pool: Pool; snapshots: Snapshot[] }) {
  const { t, i18n } = useTranslation('overview');
  const size = (bytes: number) => sizeText(bytes, i18n.language);
  const full = fullOn(pool, snapshots, Date.now());
  const percent = pool.capacity > 0 ? Math.min(100, (pool.used / pool.capacity) * 100) : 0;
  return (
    <div className="az-fill">
      <Progress title={pool.name} value={percent} size="sm" measureLocation={ProgressMeasureLocation.top} variant={percent > 90 ? 'danger' : percent > 75 ? 'warning' : undefined}
        label={pool.capacity > 0 ? t('ofCapacity', { used: size(pool.used), capacity: size(pool.capacity) }) : size(pool.used)}
        valueText={t('percent', { value: Math.round(percent) })} />
      <p className="az-help">{full ? t('fullOn', { date: full.toLocaleDateString(i18n.language, { dateStyle: 'long' }) }) : t('noForecast')}</p>
    </div>
  );
}
