import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_557_600], ['month', 2_629_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]];

export function relative(time: Date, now: Date, language: string) {
  const seconds = (time.getTime() - now.getTime()) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second');
}

/** How long ago or until when; the exact time is said on hover. Null is a dash. */
export function When({ time }: { time: string | null | undefined }) {
  const { i18n } = useTranslation();
  const now = useNow(30_000);
  if (!time) return <span>–</span>;
  const at = new Date(time);
  const exact = at.toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'long' });
  return <time dateTime={time} title={exact} className="az-time">{relative(at, now, i18n.language)}</time>;
}

/** The browser's time, anew every so many milliseconds. */
export function useNow(every: number) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
