import type { TFunction } from 'i18next';
import type { Element } from '../rest/answers';
import { markOf } from './mark';

/** What a drive does now, in a word or two. */
export function doingOf(t: TFunction<'media'>, { health, used, content }: Element) {
  return t(health ? `drive.${health}` : used ? 'drive.used' : content === 'cartridge' ? 'drive.loaded' : content === 'unknown' ? 'drive.unknown' : 'drive.empty');
}

/** A place as a screen reader says it. @param fill how full its cartridge is, 0 to 1 */
export function nameOf(t: TFunction<'media'>, element: Element, fill: number | null) {
  const { kind, address, drive, barcode, volume, pool, content, problem, cleanings } = element;
  const place = drive === null ? t(`place.${kind}`, { address }) : t('place.drive', { drive });
  const mark = markOf(element);
  const parts = [
    content === 'unknown' && !barcode ? t('said.unknown') : content === 'empty' ? t('said.empty') : barcode ? t('said.cartridge', { barcode }) : t('said.noBarcode'),
    volume && t('said.volume', { volume }), pool && t('said.pool', { pool }), content !== 'empty' && t(`mark.${mark}`),
    fill !== null && t('said.fill', { percent: Math.round(fill * 100) }), cleanings ? t('said.cleanings', { count: cleanings }) : null,
    drive !== null && doingOf(t, element), problem, ...element.warnings,
  ];
  return t('said.all', { place, parts: parts.filter(Boolean).join(', ') });
}
