import { Alert, List, ListItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ended, useJob, useLog, useResult } from '../jobs/questions';
import { Panel } from '../parts/Panel';
import { StateLabel } from '../parts/StateLabel';
import type { DriverResult, JobProgress } from '../rest/answers';
import { cache } from '../rest/cache';

/** A driver that changes while jobs go on: what its job says of each node, and how it ended there. */
export function Change({ job }: { job: number }) {
  const { t } = useTranslation('drivers');
  const now = useJob(job).data;
  const over = now !== undefined && ended(now);
  const lines = useLines(job, over);
  const result = useResult(job, over).data as DriverResult | undefined;
  return (
    <Panel title={t('change.title', { job })} more={<Link to={`/jobs/${job}`}>{t('change.job')}</Link>}>
      <div role="status">
        {now && <StateLabel state={now.state} />}
        {now?.error && <Alert isInline variant="danger" title={now.error} className="az-after" />}
        <List isPlain className="az-after">{lines.map((line) => <ListItem key={line.time + line.text}>{line.text}</ListItem>)}</List>
        {result?.nodes.map((part) => (
          <Alert key={part.node} isInline className="az-after" variant={part.state === 'done' ? 'success' : part.state === 'backed-out' ? 'warning' : 'danger'}
            title={t(`change.${part.state}`, { node: part.node, driver: part.driver?.name ?? result.driver ?? '', version: part.driver?.version ?? '' })}>
            {part.problem?.detail}
          </Alert>
        ))}
      </div>
    </Panel>
  );
}

/** The log as it grows: asked for again with each event of the job. */
function useLines(job: number, over: boolean) {
  const log = useLog(job);
  const progress = useQuery<JobProgress | null>({ queryKey: ['jobs', job, 'progress'], queryFn: () => null, enabled: false }).dataUpdatedAt;
  useEffect(() => void cache.invalidateQueries({ queryKey: ['jobs', job, 'log'] }), [job, progress, over]);
  return log.data ?? [];
}
