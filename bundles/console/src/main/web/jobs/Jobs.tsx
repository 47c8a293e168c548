import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Jobs() {
  const { t } = useTranslation('jobs');
  return <PageTitle>{t('title')}</PageTitle>;
}
