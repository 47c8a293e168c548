import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Drivers() {
  const { t } = useTranslation('drivers');
  return <PageTitle>{t('title')}</PageTitle>;
}
