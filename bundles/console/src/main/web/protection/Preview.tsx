import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { usePreview, useSettled, type Asked } from './questions';

/** The next five runs of what is typed, in its time zone, or what is wrong with it. */
export function Preview({ of: { schedule, zone, blackouts, leaveOut } }: { of: Asked }) {
  const { t, i18n } = useTranslation('protection');
  const asked = useSettled({ schedule, zone, blackouts, leaveOut });
  const { data, error } = usePreview(asked);
  if (asked.schedule === '') return <p className="az-preview">{t('byHandText')}</p>;
  if (error) return <ProblemView thrown={error} />;
  return (
    <section className="az-preview" aria-live="polite">
      <h3>{t('nextRuns', { zone: data?.zone ?? '' })}</h3>
      <ol>{data?.next.map((time) => <li key={time}><time dateTime={time}>{new Date(time).toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'short', timeZone: data.zone })}</time></li>)}</ol>
    </section>
  );
}
