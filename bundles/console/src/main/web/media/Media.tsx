import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Media() {
  const { t } = useTranslation('media');
  return <PageTitle>{t('title')}</PageTitle>;
}
