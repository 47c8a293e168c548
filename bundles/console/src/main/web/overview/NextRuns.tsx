import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../parts/Panel';
import { answer, api } from '../rest/api';

const SHOWN = 6;

/** What begins next by itself. */
export function NextRuns() {
  const { t, i18n } = useTranslation('overview');
  const { data = [] } = useQuery({ queryKey: ['policies', 'next'], queryFn: () => answer(api.GET('/schedules/next', { params: { query: { limit: SHOWN } } })) });
  return (
    <Panel title={t('nextRuns')} more={<Link to="/protection">{t('toProtection')}</Link>}>
      {data.length === 0 ? <p>{t('noRuns')}</p> : (
        <ul className="az-next">
          {data.map(({ policy, at }) => (
            <li key={`${policy} ${at}`}>
              <time dateTime={at}>{new Date(at).toLocaleString(i18n.language, { weekday: 'short', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })}</time>
              <Link to={`/protection/policies/${encodeURIComponent(policy)}`}>{policy}</Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
