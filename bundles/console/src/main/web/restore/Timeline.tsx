import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useWidth } from '../parts/useWidth';
import { useNow } from '../parts/When';
import './timeline.css';
import type { Lane } from './Snapshots';

const ROW = 36;
const EDGE = 10;

/**
 * A line in time for each save set with a dot for each snapshot, from the oldest until now. The names are buttons; dots are a short way for the mouse to
 * what the table below has, too.
 */
export function Timeline({ lanes, chosen, onChoose }: { lanes: Lane[]; chosen: Lane; onChoose: (lane: Lane) => void }) {
  const { t, i18n } = useTranslation('restore');
  const navigate = useNavigate();
  const now = useNow(60_000).getTime();
  const [box, width] = useWidth<HTMLDivElement>();
  const begin = Math.min(...lanes.map((lane) => Date.parse(lane.snapshots[0].time)));
  const span = Math.max(now - begin, 60_000);
  const x = (time: number) => EDGE + ((time - begin) / span) * Math.max(width - 2 * EDGE, 1);
  const day = new Intl.DateTimeFormat(i18n.language, span < 172_800_000 ? { dateStyle: 'short', timeStyle: 'short' } : { dateStyle: 'medium' });
  return (
    <div className="az-timeline">
      <ul aria-label={t('timeline.label')}>
        {lanes.map((lane) => (
          <li key={`${lane.client}/${lane.saveSet}`}>
            <button type="button" aria-pressed={lane === chosen} onClick={() => onChoose(lane)}>
              <span>{lane.saveSet}</span><small>{t('timeline.lane', { client: lane.client, count: lane.snapshots.length })}</small>
            </button>
          </li>
        ))}
      </ul>
      <div ref={box}>
        <svg width={width} height={lanes.length * ROW} aria-hidden="true">
          {lanes.map((lane, row) => (
            <g key={`${lane.client}/${lane.saveSet}`} className={lane === chosen ? 'az-lane-chosen' : undefined}>
              <line x1={EDGE} x2={width - EDGE} y1={row * ROW + ROW / 2} y2={row * ROW + ROW / 2} />
              {lane.snapshots.map((one) => (
                <circle key={one.id} cx={x(Date.parse(one.time))} cy={row * ROW + ROW / 2} r={one.warnings ? 6 : 5} className={one.warnings ? 'az-warned' : undefined}
                  onClick={() => void navigate(`/restore/${one.id}`)}>
                  <title>{new Date(one.time).toLocaleString(i18n.language)}</title>
                </circle>
              ))}
            </g>
          ))}
        </svg>
        <p className="az-timeline-scale"><span>{day.format(begin)}</span><span>{t('timeline.now')}</span></p>
      </div>
    </div>
  );
}
