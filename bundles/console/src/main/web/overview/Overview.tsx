import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Overview() {
  const { t } = useTranslation('overview');
  return <PageTitle>{t('title')}</PageTitle>;
}
