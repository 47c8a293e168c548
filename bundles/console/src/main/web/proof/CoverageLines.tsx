import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { When } from '../parts/When';
import type { Pool } from '../rest/answers';
import type { CoverageDay } from '../rest/proofs';
import { answer, api } from '../rest/api';
import { usePools } from '../rest/questions';

const WIDTH = 300;
const HEIGHT = 40;

/** Of each pool how much was read back, as a line over the days on which it was counted. */
export function CoverageLines() {
  return <Asked query={usePools()}>{(pools) => <Lines pools={pools} />}</Asked>;
}

function Lines({ pools }: { pools: Pool[] }) {
  const days = useQueries({ queries: pools.map(({ name }) => ({ queryKey: ['coverage', name], queryFn: () => answer(api.GET('/pools/{name}/coverage', { params: { path: { name } } })) })) });
  return <>{pools.map(({ name }, pool) => { const all = days[pool].data; return all?.at(-1)?.packs ? <Line key={name} pool={name} days={all} /> : null; })}</>;
}

function Line({ pool, days }: { pool: string; days: CoverageDay[] }) {
  const { t } = useTranslation('proof');
  const now = days[days.length - 1];
  const percent = (count: number) => Math.round((count / now.packs) * 100);
  const first = Date.parse(days[0].day);
  const span = Math.max(1, Date.parse(now.day) - first);
  const points = days.map(({ day, packs, never }) => `${((Date.parse(day) - first) / span) * WIDTH},${HEIGHT - (packs ? (packs - never) / packs : 0) * HEIGHT}`);
  return (
    <figure className="az-before">
      <figcaption>{t('coverage.line', { pool, packs: now.packs, month: percent(now.month), never: percent(now.never) })} {t('coverage.unread')}: <When time={now.unread} /></figcaption>
      <svg viewBox={`-2 -2 ${WIDTH + 4} ${HEIGHT + 4}`} width={WIDTH} height={HEIGHT} role="img" aria-label={t('coverage.picture', { pool, days: days.length })}>
        <path d={`M0,${HEIGHT}H${WIDTH}`} stroke="currentColor" opacity=".3" />
        <polyline points={[...points, `${WIDTH},${points[points.length - 1].split(',')[1]}`].join(' ')} fill="none" stroke="currentColor" strokeWidth="2" />
      </svg>
    </figure>
  );
}
