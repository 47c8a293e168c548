import { Bullseye, Spinner } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation('parts');
  return <Bullseye className="az-loading"><Spinner aria-label={t('loading')} /></Bullseye>;
}
