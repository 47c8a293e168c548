import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Clients() {
  const { t } = useTranslation('clients');
  return <PageTitle>{t('title')}</PageTitle>;
}
