import { Button, Flex } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import type { Element, Library } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** Takes a drive out of use or in again, and has it cleaned. */
export function DriveUse({ library, element, drive, onClean }: { library: Library; element: Element; drive: number; onClean: () => void }) {
  const { t } = useTranslation('media');
  const use = useMutation({
    mutationFn: (up: boolean) => answer(api.POST('/libraries/{name}/drives/{drive}', { params: { path: { name: library.name, drive }, query: { node: library.node } }, body: { up } })),
    onSuccess: (now) => cache.setQueryData(['libraries', library.node, library.name], now),
  });
  return (
    <>
      <Flex className="az-after">
        {element.health === null
          ? <Button variant="secondary" size="sm" isLoading={use.isPending} onClick={() => use.mutate(false)}>{t('drive.takeOut')}</Button>
          : <Button variant="secondary" size="sm" isLoading={use.isPending} onClick={() => use.mutate(true)}>{t('drive.takeIn')}</Button>}
        <Button variant="secondary" size="sm" onClick={onClean}>{t('drive.clean')}</Button>
      </Flex>
      {use.isError && <ProblemView thrown={use.error} />}
    </>
  );
}
