import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Restore() {
  const { t } = useTranslation('restore');
  return <PageTitle>{t('title')}</PageTitle>;
}
