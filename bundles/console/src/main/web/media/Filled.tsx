import { Progress, ProgressMeasureLocation } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { sizeText } from '../parts/Size';

/** How full something is; without a capacity only what is in it. */
export function Filled({ used, capacity }: { used: number; capacity: number }) {
  const { t, i18n } = useTranslation('media');
  const text = capacity > 0 ? t('filled', { used: sizeText(used, i18n.language), capacity: sizeText(capacity, i18n.language) }) : sizeText(used, i18n.language);
  if (capacity <= 0) return <span>{text}</span>;
  return (
    <div className="az-filled">
      <Progress aria-label={text} value={Math.min((100 * used) / capacity, 100)} measureLocation={ProgressMeasureLocation.none} size="sm" /><small>{text}</small>
    </div>
  );
}
