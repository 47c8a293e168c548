import { useTranslation } from 'react-i18next';
import { SecondFactor } from '../settings/SecondFactor';
import { Card } from './Card';

/** Who has to have a second factor sets it up before anything else. */
export default function NewFactor() {
  const { t } = useTranslation('signin');
  return <Card title={t('factorTitle')}><p className="az-before">{t('factorText')}</p><SecondFactor /></Card>;
}
