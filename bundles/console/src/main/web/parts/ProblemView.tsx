import { Alert, AlertActionLink } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import troubles from 'virtual:troubles';
import { asProblem } from '../rest/problem';
import { PageLink } from './PageLink';

/** What went wrong, where, and what to do: the appliance's own words below a heading in the language of the page, and the manual's about its code. */
export function ProblemView({ thrown, onRetry }: { thrown: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('parts');
  const problem = asProblem(thrown);
  const waits = problem.code === 'request.waits';
  const lead = problem.code === 'server.standby' && /https:\S+/.exec(problem.subject)?.[0];
  const title = t(`problem.${problem.code.replace('.', '-')}`, { defaultValue: t(`problem.status.${known(problem.status)}`) });
  return (
    <Alert isInline variant={waits ? 'info' : 'danger'} title={title} className="az-problem"
      actionLinks={<>
        {waits && <AlertActionLink component={PageLink} href="/settings/danger">{t('problem.requests')}</AlertActionLink>}
        {lead && <AlertActionLink component="a" href={lead + location.pathname}>{t('problem.lead')}</AlertActionLink>}
        {!waits && onRetry && <AlertActionLink onClick={onRetry}>{t('again')}</AlertActionLink>}
        {!lead && troubles.has(problem.code) && <AlertActionLink component="a" href={`/manual/trouble.html#${problem.code}`} target="_blank" rel="noopener">{t('manual')}</AlertActionLink>}
      </>}>
      {problem.detail && <p lang="en">{problem.detail}</p>}
      {problem.subject && !problem.detail.includes(problem.subject) && <p>{t('problem.subject', { subject: problem.subject })}</p>}
    </Alert>
  );
}

const known = (status: number) => ([400, 401, 403, 404, 409, 429, 503].includes(status) ? status : 'other');
