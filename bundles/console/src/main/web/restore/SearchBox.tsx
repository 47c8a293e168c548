import { SearchInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

/** Looks for a name in all snapshots; stars stand for anything. */
export function SearchBox({ now = '' }: { now?: string }) {
  const { t } = useTranslation('restore');
  const [name, setName] = useState(now);
  const navigate = useNavigate();
  const go = () => { if (name.trim()) void navigate(`/restore/search?name=${encodeURIComponent(name.trim())}`); };
  return (
    <form role="search" className="az-search" onSubmit={(event) => { event.preventDefault(); go(); }}>
      <SearchInput aria-label={t('search.label')} placeholder={t('search.example')} value={name} onChange={(_, value) => setName(value)}
        onClear={() => setName('')} onSearch={go} submitSearchButtonLabel={t('search.go')} resetButtonLabel={t('search.clear')} />
    </form>
  );
}
