import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';

export default function Proof() {
  const { t } = useTranslation('proof');
  return <PageTitle>{t('title')}</PageTitle>;
}
