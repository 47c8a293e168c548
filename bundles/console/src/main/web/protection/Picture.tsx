import { useTranslation } from 'react-i18next';
import type { KeptBy } from './alive';

const WIDTH = 1000;
const LEFT = 150;
const ROW = 34;
const MONTH_MS = 30.4 * 86_400_000;

/** A row for each rule, a mark for each snapshot at the time when it was made; what is left of the chosen day has been, what is right of it comes later. */
export function Picture({ rows, begin, at, label }: { rows: KeptBy[]; begin: number; at: number; label: string }) {
  const { t, i18n } = useTranslation('protection');
  const x = (time: number) => LEFT + ((time - begin) / Math.max(1, at - begin)) * (WIDTH - LEFT - 20);
  const height = rows.length * ROW + 30;
  const every = Math.max(1, Math.ceil((at - begin) / MONTH_MS / 8));
  const marks = Array.from({ length: Math.floor((at - begin) / MONTH_MS / every) + 1 }, (_, n) => begin + n * every * MONTH_MS);
  return (
    <div className="az-picture" tabIndex={0} role="group" aria-label={label}>
      <svg viewBox={`0 0 ${WIDTH} ${height}`} role="img" aria-label={label}>
        {marks.map((mark) => (
          <g key={mark} className="az-picture-month">
            <line x1={x(mark)} x2={x(mark)} y1={0} y2={height - 22} />
            <text x={x(mark)} y={height - 6} textAnchor="middle">{new Date(mark).toLocaleDateString(i18n.language, { month: 'short', year: 'numeric' })}</text>
          </g>
        ))}
        {rows.map(({ rule, made }, row) => (
          <g key={rule}>
            <text x={0} y={row * ROW + 22} className="az-picture-rule">{t('ruleCount', { rule: t(`rule.${rule}`, { defaultValue: rule }), count: made.length })}</text>
            {made.map((time) => <rect key={time} x={x(time) - 2} y={row * ROW + 8} width={4} height={ROW - 14} rx={2} className="az-picture-mark" />)}
          </g>
        ))}
      </svg>
    </div>
  );
}
