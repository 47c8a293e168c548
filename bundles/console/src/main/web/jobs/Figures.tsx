import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Figure, FigureRow } from '../parts/Figure';
import { Lasted } from '../parts/Lasted';
import { Count, Size } from '../parts/Size';
import type { OneJob } from '../rest/answers';
import { phaseText } from './phase';
import { ended, useProgress } from './questions';

/** What a job has done so far, live, or in all. */
export function Figures({ job }: { job: OneJob }) {
  const { t } = useTranslation('jobs');
  const progress = useProgress(job.id);
  const rate = useRate(job.bytes);
  const over = ended(job);
  const seconds = job.started && job.ended ? (Date.parse(job.ended) - Date.parse(job.started)) / 1000 : 0;
  const shownRate = over ? (seconds > 0 ? job.bytes / seconds : null) : rate;
  return (
    <FigureRow>
      <Figure name={t('files')}><Count value={job.files} /></Figure>
      <Figure name={t('bytes')}><Size bytes={job.bytes} /></Figure>
      <Figure name={t(over ? 'meanRate' : 'rate')}>{shownRate === null ? '–' : <><Size bytes={Math.round(shownRate)} />{t('perSecond')}</>}</Figure>
      {!over && progress && progress.stored > 0 && <Figure name={t('stored')}><Size bytes={progress.stored} /></Figure>}
      <Figure name={t('lasted')}><Lasted from={job.started} to={job.ended} /></Figure>
      {!over && progress?.phase && <Figure name={t('phase')}>{phaseText(t, progress.phase)}</Figure>}
    </FigureRow>
  );
}

/** Bytes a second over the last changes, or null before there were two. */
function useRate(bytes: number) {
  const samples = useRef<[number, number][]>([]);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    const now = performance.now();
    samples.current = [...samples.current.filter(([time]) => now - time < 10_000), [now, bytes]];
    const [first] = samples.current;
    if (now - first[0] > 500) setRate(((bytes - first[1]) / (now - first[0])) * 1000);
  }, [bytes]);
  return rate;
}
