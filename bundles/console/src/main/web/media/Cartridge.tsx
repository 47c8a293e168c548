import { memo } from 'react';
import { signs, type Mark } from './mark';

/** A cartridge where it is; when that changes it glides there. @param fill how full, 0 to 1; null if nobody knows */
export const Cartridge = memo(function Cartridge({ barcode, mark, fill, x, y, w, h, named, lifted }: {
  barcode: string | null; mark: Mark; fill: number | null; x: number; y: number; w: number; h: number; named: boolean; lifted: boolean;
}) {
  const pad = named ? 3 : 1.5;
  return (
    <g className={`az-cartridge az-mark-${mark}${lifted ? ' az-lifted' : ''}`} style={{ transform: `translate(${x}px, ${y}px)` }}>
      <rect x={pad} y={pad} width={w - 2 * pad} height={h - 2 * pad} rx={named ? 3 : 1.5} />
      {fill !== null && named && (
        <>
          <rect className="az-gauge" x={pad + 4} y={h - pad - 6} width={w - 2 * pad - 8} height={3} rx={1.5} />
          <rect className="az-level" x={pad + 4} y={h - pad - 6} width={Math.max((w - 2 * pad - 8) * fill, 0)} height={3} rx={1.5} />
        </>
      )}
      {fill !== null && !named && <rect className="az-level" x={pad + 2} y={h - pad - 2 - (h - 2 * pad - 4) * fill} width={w - 2 * pad - 4} height={(h - 2 * pad - 4) * fill} />}
      {named ? (
        <>
          <text x={pad + 5} y={h / 2 + (h > 30 ? 1 : 2)}>{barcode ?? '—'}</text>
          <text x={w - pad - 5} y={h / 2 + (h > 30 ? 1 : 2)} textAnchor="end" className="az-sign">{signs[mark]}</text>
        </>
      ) : <text x={w / 2} y={h / 2 + 3} textAnchor="middle" className="az-sign">{signs[mark]}</text>}
    </g>
  );
});
