import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../parts/Loading';
import { ProblemView } from '../parts/ProblemView';
import { alive } from './alive';
import { Picture } from './Picture';
import { HORIZON_DAYS, useLives, useSettled } from './questions';

const DAY_MS = 86_400_000;

/** Which snapshots of the coming two years live on a day that is chosen by the slider, and what keeps them. */
export function Simulator({ schedule, keep }: { schedule: string; keep: string }) {
  const { t, i18n } = useTranslation('protection');
  const [day, setDay] = useState(365);
  const asked = useSettled(schedule);
  const { data, error } = useLives(asked, useSettled(keep));
  if (asked === '') return <p>{t('simulatorByHand')}</p>;
  if (error) return <ProblemView thrown={error} />;
  if (!data) return <Loading />;
  const begin = Date.parse(data.times[0]);
  const at = begin + day * DAY_MS;
  const rows = alive(data.lives, at);
  const living = new Set(rows.flatMap((row) => row.made));
  const oldest = Math.round((at - Math.min(...living)) / DAY_MS);
  const date = new Date(at).toLocaleDateString(i18n.language, { dateStyle: 'long' });
  return (
    <>
      <label htmlFor="day">{t('day', { date })}</label>
      <input id="day" type="range" min={1} max={HORIZON_DAYS} value={day} onChange={(event) => setDay(Number(event.target.value))} className="az-slider" aria-valuetext={date} />
      <p role="status"><strong>{t('live', { count: living.size })}</strong> {living.size > 0 && t('oldest', { count: oldest })}</p>
      <Picture rows={rows} begin={begin} at={at} label={t('picture', { count: living.size, date })} />
    </>
  );
}
