import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import type { JobLine } from '../rest/answers';
import { useLog } from './questions';

/** The lines as the job wrote them, in the appliance's language. */
export function Log({ id }: { id: number }) {
  const { t } = useTranslation('jobs');
  return <Asked query={useLog(id)}>{(lines) => (lines.length === 0 ? <p>{t('noLog')}</p> : <ol className="az-log" lang="en">{lines.map((line, at) => <Line key={at} line={line} />)}</ol>)}</Asked>;
}

function Line({ line }: { line: JobLine }) {
  const { i18n } = useTranslation();
  const at = new Date(line.time);
  return (
    <li className={`az-log-${line.level}`}>
      <time dateTime={line.time} title={at.toLocaleString(i18n.language, { dateStyle: 'full', timeStyle: 'long' })}>{at.toLocaleTimeString(i18n.language)}</time>
      <span className="az-log-level">{line.level}</span>
      <span>{line.text}</span>
    </li>
  );
}
