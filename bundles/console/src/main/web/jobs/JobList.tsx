import { Button, PageSection } from '@patternfly/react-core';
import ListIcon from '@patternfly/react-icons/dist/esm/icons/list-icon';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { LinkButton } from '../parts/PageLink';
import { PageTitle } from '../parts/PageTitle';
import type { Job } from '../rest/answers';
import { FilterBar } from './FilterBar';
import { useFilter, useFiltered } from './filter';
import { JobTable } from './JobTable';
import { useJobs } from './questions';

const PAGE = 100;

export function JobList() {
  const { t } = useTranslation('jobs');
  const jobs = useJobs();
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <PageSection isFilled>
        <Asked query={jobs}>{(all) => (all.length === 0
          ? <Nothing title={t('none')} icon={ListIcon} action={<LinkButton to="/protection">{t('protect')}</LinkButton>}>{t('noneText')}</Nothing>
          : <Filtered jobs={all} />)}
        </Asked>
      </PageSection>
    </>
  );
}

function Filtered({ jobs }: { jobs: Job[] }) {
  const { t } = useTranslation('jobs');
  const [filter, setFilter] = useFilter();
  const [shown, setShown] = useState(PAGE);
  const found = useFiltered(jobs, filter);
  return (
    <>
      <FilterBar jobs={jobs} filter={filter} onChange={setFilter} />
      <p className="az-count" role="status">{t('found', { count: found.length })}</p>
      {found.length === 0
        ? <Nothing title={t('noMatch')} action={<Button variant="link" onClick={() => setFilter({ group: 'all', kind: '', client: '' })}>{t('filter.clear')}</Button>}>{t('noMatchText')}</Nothing>
        : <JobTable jobs={found.slice(0, shown)} />}
      {found.length > shown && <Button variant="secondary" onClick={() => setShown(shown + PAGE)}>{t('more', { count: found.length - shown })}</Button>}
    </>
  );
}
