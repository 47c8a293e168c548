import { useRef } from 'react';
import type { Element } from '../rest/answers';
import type { Layout } from './layout';

/** The robot on its rail: it stands where it brought something last. */
export function Robot({ y, width, elements, layout }: { y: number; width: number; elements: Element[]; layout: Layout }) {
  const x = useLastPlace(elements, layout) ?? width / 2;
  const w = Math.max(layout.cartridge.w + 10, 34);
  const h = layout.cartridge.h + 8;
  return (
    <g aria-hidden="true" className="az-robot">
      <line x1={0} x2={width} y1={y} y2={y} />
      <g className="az-carriage" style={{ transform: `translate(${Math.min(Math.max(x - w / 2, 0), width - w)}px, ${y - h / 2}px)` }}>
        <path d={`M0 0 h${w} v${h} h-${w} z M5 4 v${h - 8} M${w - 5} 4 v${h - 8}`} />
      </g>
    </g>
  );
}

/** The middle of the place whose cartridge changed since the last answer; null before the first change. */
function useLastPlace(elements: Element[], layout: Layout) {
  const before = useRef<{ barcodes: Map<number, string | null>; at: number | null }>({ barcodes: new Map(), at: null });
  const now = new Map(elements.map((one) => [one.address, one.barcode]));
  const came = elements.find((one) => one.kind !== 'picker' && one.barcode !== null && before.current.barcodes.size > 0 && before.current.barcodes.get(one.address) !== one.barcode);
  before.current = { barcodes: now, at: came?.address ?? before.current.at };
  const box = before.current.at === null ? undefined : layout.places.get(before.current.at);
  return box ? box.x + box.w / 2 : null;
}
