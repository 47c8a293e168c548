import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../parts/Loading';
import { ProblemView } from '../parts/ProblemView';
import { alive } from './alive';
import { Picture } from './Picture';
import { useLives, useSettled, type Asked } from './questions';

const DAY_MS = 86_400_000;

/** Which snapshots of the coming two years live on a day that is chosen by the slider, and what keeps them. */
export function Simulator({ of: { schedule, zone, blackouts, leaveOut }, keep }: { of: Asked; keep: string }) {
  const { t, i18n } = useTranslation('protection');
  const [wanted, setWanted] = useState(365);
  const asked = useSettled({ schedule, zone, blackouts, leaveOut });
  const { data, error } = useLives(asked, useSettled(keep));
  if (asked.schedule === '') return <p>{t('simulatorByHand')}</p>;
  if (error) return <ProblemView thrown={error} />;
  if (!data) return <Loading />;
  if (data.times.length === 0) return <p>{t('simulatorByHand')}</p>;
  const begin = Date.parse(data.times[0]);
  // no further than backups are known: of hourly ones a thousand are six weeks
  const last = Math.max(1, Math.floor((Date.parse(data.times[data.times.length - 1]) - begin) / DAY_MS));
  const day = Math.min(wanted, last);
  const at = begin + day * DAY_MS;
  const rows = alive(data.lives, at);
  const living = new Set(rows.flatMap((row) => row.made));
  const oldest = Math.round((at - Math.min(...living)) / DAY_MS);
  const date = new Date(at).toLocaleDateString(i18n.language, { dateStyle: 'long' });
  return (
    <>
      <label htmlFor="day">{t('day', { date })}</label>
      <input id="day" type="range" min={1} max={last} value={day} onChange={(event) => setWanted(Number(event.target.value))} className="az-slider" aria-valuetext={date} />
      <p role="status"><strong>{t('live', { count: living.size })}</strong> {living.size > 0 && t('oldest', { count: oldest })}</p>
      <Picture rows={rows} begin={begin} at={at} label={t('picture', { count: living.size, date })} />
    </>
  );
}
