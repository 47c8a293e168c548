import { Button } from '@patternfly/react-core';
import AngleRightIcon from '@patternfly/react-icons/dist/esm/icons/angle-right-icon';
import { useTranslation } from 'react-i18next';
import { nameOf, wayTo } from './paths';

/** The folders on the way to a path; each is a step back. */
export function Way({ path, onGo }: { path: string; onGo: (path: string) => void }) {
  const { t } = useTranslation('restore');
  const way = wayTo(path);
  return (
    <ol className="az-way" aria-label={t('way')}>
      {way.map((folder, at) => (
        <li key={folder}>
          {at > 0 && <AngleRightIcon />}
          {at === way.length - 1 ? <span aria-current="location">{nameOf(folder)}</span> : <Button variant="link" isInline onClick={() => onGo(folder)}>{nameOf(folder)}</Button>}
        </li>
      ))}
    </ol>
  );
}
