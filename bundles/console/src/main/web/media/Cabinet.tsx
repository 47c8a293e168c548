import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useWidth } from '../parts/useWidth';
import type { Library } from '../rest/answers';
import './cabinet.css';
import { Cartridge } from './Cartridge';
import { cartridgeAt, layOut } from './layout';
import { markOf } from './mark';
import { Place } from './Place';
import { Robot } from './Robot';
import { doingOf, nameOf } from './said';
import { useHands } from './useHands';

/**
 * The library as somebody sees it who stands in front of it. One place has the focus; arrows go on by where places are, Enter shows what is there, M takes a
 * cartridge up, and Enter puts it down where the arrows have gone since.
 *
 * @param fills how full cartridges are, by barcode
 */
export function Cabinet({ library, fills, chosen, onChoose, onMove }: {
  library: Library; fills: Map<string, number>; chosen: number | null; onChoose: (address: number) => void; onMove: (from: number, to: number) => void;
}) {
  const { t } = useTranslation('media');
  const [box, width] = useWidth<HTMLDivElement>();
  const layout = useMemo(() => layOut(library.elements, Math.max(width, 200)), [library.elements, width]);
  const hands = useHands(library.elements, layout.places, { onChoose, onMove });
  const fillOf = useCallback((barcode: string | null) => (barcode === null ? null : fills.get(barcode) ?? null), [fills]);
  // thousands of them: each key would wait for all
  const names = useMemo(() => new Map(library.elements.map((one) => [one, nameOf(t, one, fillOf(one.barcode))])), [library.elements, t, fillOf]);
  const with_ = library.elements.filter((one) => one.content !== 'empty' && (one.barcode !== null || one.content === 'cartridge') && layout.places.has(one.address));
  return (
    <div ref={box} className="az-cabinet">
      <p id="cabinet-keys" className="az-help">{t('cabinet.keys')}</p>
      {width > 0 && (
        <svg ref={hands.ref} width={width} height={layout.height} role="group" aria-label={t('cabinet.label', { name: library.name })} aria-describedby="cabinet-keys" {...hands.events}>
          {layout.headings.map(({ kind, y }) => {
            const all = library.elements.filter((one) => one.kind === kind);
            return <text key={kind} x={0} y={y} className="az-heading">{t(`part.${kind}`, { used: all.filter((one) => one.content !== 'empty').length, count: all.length })}</text>;
          })}
          {layout.rail !== null && <Robot y={layout.rail} width={width} elements={library.elements} layout={layout} />}
          {library.elements.map((element) => layout.places.has(element.address) && (
            <Place key={element.address} element={element} box={layout.places.get(element.address)!} name={names.get(element)!}
              doing={element.drive === null ? null : doingOf(t, element)} focusable={element.address === hands.focused} chosen={element.address === chosen}
              target={hands.from !== null && element.address === hands.over} roomy={layout.named} />
          ))}
          <g aria-hidden="true">
            {with_.map((element) => {
              const at = element.address === hands.from && hands.pointer ? hands.pointer : cartridgeAt(element.kind, layout.places.get(element.address)!, layout.cartridge);
              return <Cartridge key={element.barcode ?? `at ${element.address}`} barcode={element.barcode} mark={markOf(element)} fill={fillOf(element.barcode)} {...layout.cartridge} x={at.x} y={at.y}
                named={layout.named} lifted={element.address === hands.from} />;
            })}
          </g>
        </svg>
      )}
      <p role="status" className="az-said">{hands.from !== null && t('cabinet.lifted', { from: hands.from, over: hands.over ?? hands.from })}</p>
    </div>
  );
}
