import { useTranslation } from 'react-i18next';
import { Facts } from '../parts/Facts';
import { Panel } from '../parts/Panel';
import type { OneJob } from '../rest/answers';
import { useResult } from './questions';
import { Named } from './Named';
import { Value } from './Value';

const LEFT_OUT = ['job', 'files', 'dryRun', 'detour'];

/** What came out: figures and names of the result as they are, and what was left out or damaged with its reason. */
export function Result({ job }: { job: OneJob }) {
  const { t } = useTranslation('jobs');
  const { data } = useResult(job.id, true);
  if (!data) return null;
  const plain = Object.entries(data).filter(([key, value]) => !LEFT_OUT.includes(key) && ['string', 'number'].includes(typeof value));
  const lists = Object.entries(data).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]) && entry[1].length > 0);
  return (
    <Panel title={t('result')}>
      <Facts facts={plain.map(([key, value]) => [t(`results.${key}`, { defaultValue: key }), <Value name={key} value={value} />])} />
      {lists.map(([key, rows]) => <Named key={key} title={t(`results.${key}`, { defaultValue: key })} rows={rows} />)}
    </Panel>
  );
}
