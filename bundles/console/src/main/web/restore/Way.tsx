import { Breadcrumb, BreadcrumbItem, Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { nameOf, wayTo } from './paths';

export function Way({ path, onGo }: { path: string; onGo: (path: string) => void }) {
  const { t } = useTranslation('restore');
  const way = wayTo(path);
  return (
    <Breadcrumb aria-label={t('way')}>
      {way.map((folder, at) => (
        <BreadcrumbItem key={folder} isActive={at === way.length - 1}>
          {at === way.length - 1 ? nameOf(folder) : <Button variant="link" isInline onClick={() => onGo(folder)}>{nameOf(folder)}</Button>}
        </BreadcrumbItem>
      ))}
    </Breadcrumb>
  );
}
