import { memo } from 'react';
import type { Element } from '../rest/answers';
import type { Box } from './layout';
import { markOf } from './mark';

/** One slot, mail slot, drive or the robot's picker: what can be reached by keyboard. Its cartridge is drawn above it. */
export const Place = memo(function Place({ element, box, name, doing, focusable, chosen, target, roomy }: {
  element: Element; box: Box; name: string; doing: string | null; focusable: boolean; chosen: boolean; target: boolean; roomy: boolean;
}) {
  const { address, kind, drive } = element;
  const classes = ['az-place', `az-${kind}`, chosen && 'az-chosen', target && 'az-target', markOf(element) === 'trouble' && 'az-trouble', element.used && 'az-busy',
    element.health && 'az-unwell', !element.accessible && 'az-shut'];
  return (
    <g role="button" aria-label={name} aria-pressed={chosen} tabIndex={focusable ? 0 : -1} data-address={address} className={classes.filter(Boolean).join(' ')}>
      <rect x={box.x + 0.5} y={box.y + 0.5} width={box.w - 1} height={box.h - 1} rx={roomy ? 5 : 2} />
      {kind === 'drive' && (
        <>
          <text x={box.x + 10} y={box.y + 17} className="az-drive-name">{drive}</text>
          <text x={box.x + box.w - 10} y={box.y + 17} textAnchor="end" className="az-doing">{doing}</text>
          {!roomy && <text x={box.x + box.w / 2} y={box.y + box.h - 10} textAnchor="middle" className="az-address">{element.barcode}</text>}
        </>
      )}
      {kind === 'drive' && roomy && <text x={box.x + box.w / 2} y={box.y + box.h - 9} textAnchor="middle" className="az-address">{address}</text>}
      {(kind === 'slot' || kind === 'mail-slot') && roomy && <text x={box.x + box.w / 2} y={box.y + box.h / 2 + 4} textAnchor="middle" className="az-address">{address}</text>}
    </g>
  );
});
