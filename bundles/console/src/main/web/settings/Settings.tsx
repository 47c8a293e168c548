import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Settings() {
  const { t } = useTranslation('settings');
  return <PageTitle>{t('title')}</PageTitle>;
}
