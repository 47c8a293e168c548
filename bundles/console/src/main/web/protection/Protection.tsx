import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Protection() {
  const { t } = useTranslation('protection');
  return <PageTitle>{t('title')}</PageTitle>;
}
