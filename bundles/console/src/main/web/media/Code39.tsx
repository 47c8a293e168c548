import { CODE39 } from 'jsbarcode/bin/barcodes/CODE39';

const BAR = 40;
const LETTERS = 16;

/** A barcode in Code 39 with its letters below; one unit is the narrowest bar. */
export function Code39({ text }: { text: string }) {
  const bars = new CODE39(text, {}).encode().data;
  const width = bars.length + 20;
  return (
    <svg viewBox={`0 0 ${width} ${BAR + LETTERS}`} preserveAspectRatio="none" aria-hidden="true">
      {[...bars.matchAll(/1+/g)].map(({ index, 0: { length } }) => <rect key={index} x={10 + index} y={4} width={length} height={BAR} fill="#000" />)}
      <text x={width / 2} y={BAR + LETTERS - 1} textAnchor="middle" fontSize={11} textLength={width / 2} lengthAdjust="spacing" fill="#000">{text}</text>
    </svg>
  );
}
