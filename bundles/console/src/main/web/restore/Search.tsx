import { Alert, PageSection, Switch } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { PageTitle } from '../parts/PageTitle';
import { SearchBox } from './SearchBox';
import { Versions } from './Versions';
import { useSearch } from './questions';

/** Names in all snapshots: each version of a file is a row. */
export function Search() {
  const { t } = useTranslation('restore');
  const [address, setAddress] = useSearchParams();
  const name = address.get('name') ?? '';
  const ignoreCase = address.has('ignoreCase');
  const found = useSearch(name, address.get('client') ?? undefined, ignoreCase);
  return (
    <>
      <PageTitle text={t('search.intro')}>{t('search.title')}</PageTitle>
      <PageSection>
        <SearchBox key={name} now={name} />
        <Switch id="ignore-case" label={t('search.ignoreCase')} isChecked={ignoreCase} onChange={(_, on) => setAddress(on ? { name, ignoreCase: '' } : { name })} />
      </PageSection>
      <PageSection isFilled>
        {name !== '' && (
          <Asked query={found}>
            {({ versions, more, closed, problems, unread, searched }) => (
              <>
                {closed.length > 0 && <Alert isInline variant="info" title={t('search.closed', { pools: closed.join(', ') })} className="az-before" />}
                {problems.length > 0 && <Alert isInline variant="warning" title={t('search.problems', { count: problems.length })} className="az-before" />}
                {unread > 0 && <Alert isInline variant="warning" title={t('search.unread', { count: unread, all: searched })} className="az-before" />}
                {more && <Alert isInline variant="info" title={t('search.cut', { most: versions.length })} className="az-before" />}
                {versions.length === 0 && !more
                  ? <Nothing title={t('search.nothing')} icon={SearchIcon}>{t('search.nothingText')}</Nothing>
                  : <Versions versions={versions} />}
              </>
            )}
          </Asked>
        )}
      </PageSection>
    </>
  );
}
