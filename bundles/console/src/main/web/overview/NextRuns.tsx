import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../parts/Panel';
import { usePolicies } from '../rest/questions';

const SHOWN = 6;

/** What begins next by itself: the next run of each policy. */
export function NextRuns() {
  const { t, i18n } = useTranslation('overview');
  const policies = usePolicies().data ?? [];
  const runs = policies.flatMap(({ name, next }) => next.slice(0, 1).map((at) => ({ policy: name, at }))).sort((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(0, SHOWN);
  return (
    <Panel title={t('nextRuns')} more={<Link to="/protection">{t('toProtection')}</Link>}>
      {runs.length === 0 ? <p>{t('noRuns')}</p> : (
        <ul className="az-next">
          {runs.map(({ policy, at }) => (
            <li key={policy}>
              <time dateTime={at}>{new Date(at).toLocaleString(i18n.language, { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })}</time>
              <Link to={`/protection/policies/${encodeURIComponent(policy)}`}>{policy}</Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
