import { Alert, Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answer, api } from '../rest/api';
import { useChange } from '../settings/questions';

/** What a rebuild has brought back that is not in force yet. @param state of the rebuild: what was said before it counts no more */
export function Left({ state }: { state: string | undefined }) {
  const { t } = useTranslation('begin');
  const left = useQuery({ queryKey: ['left', state], queryFn: () => answer(api.GET('/appliance/backup')), staleTime: 0 }).data?.left ?? [];
  const forget = useChange('left', () => answer(api.POST('/appliance/backup/forget')));
  if (left.length === 0) return null;
  return (
    <Alert isInline variant="warning" title={t('return.left')} className="az-after">
      <ul className="az-paths">{left.map(({ what, command }) => <li key={command}><span lang="en">{what}</span>: <code>{command}</code></li>)}</ul>
      <Button variant="link" isInline onClick={() => forget.mutate(undefined)}>{t('return.forget')}</Button>
    </Alert>
  );
}
