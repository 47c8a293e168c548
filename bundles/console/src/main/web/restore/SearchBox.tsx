import { Button, InputGroup, InputGroupItem, TextInput } from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
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
    <form role="search" onSubmit={(event) => { event.preventDefault(); go(); }}>
      <InputGroup>
        <InputGroupItem isFill><TextInput type="search" aria-label={t('search.label')} placeholder={t('search.example')} value={name} onChange={(_, value) => setName(value)} /></InputGroupItem>
        <InputGroupItem><Button type="submit" variant="control" icon={<SearchIcon />}>{t('search.go')}</Button></InputGroupItem>
      </InputGroup>
    </form>
  );
}
