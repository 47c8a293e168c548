import { useTranslation } from 'react-i18next';
import type { Element } from '../rest/answers';
import { Cartridge } from './Cartridge';
import { markOf, marks } from './mark';

/** Only the marks that are there. */
export function Legend({ elements }: { elements: Element[] }) {
  const { t } = useTranslation('media');
  const there = new Set(elements.filter((one) => one.kind !== 'picker').map(markOf));
  return (
    <ul className="az-legend" aria-label={t('legend')}>
      {marks.filter((mark) => mark !== 'empty' && there.has(mark)).map((mark) => (
        <li key={mark}>
          <svg width="18" height="18" aria-hidden="true"><Cartridge barcode={null} mark={mark} fill={null} x={0} y={0} w={18} h={18} named={false} lifted={false} /></svg>
          {t(`mark.${mark}`)}
        </li>
      ))}
    </ul>
  );
}
