import { Button } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { keep } from '../rest/keep';

/** Has the browser keep what is chosen; it fetches that itself and shows how far it is. */
export function Download({ id, paths }: { id: string; paths: string[] }) {
  const { t } = useTranslation('restore');
  const begin = useMutation({
    mutationFn: () => answer(api.POST('/downloads', { body: { snapshot: id, paths } })),
    onSuccess: ({ download, name }) => keep(name, `/api/v1/downloads/${download}`),
  });
  return (
    <>
      <Button variant="secondary" onClick={() => begin.mutate()} isLoading={begin.isPending}>{t('download')}</Button>
      {begin.isError && <ProblemView thrown={begin.error} />}
    </>
  );
}
