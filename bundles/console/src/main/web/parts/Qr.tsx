import { encode } from 'uqr';

/** A QR code, dark on white in every theme: not every camera reads the other. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { size, data } = encode(text, { border: 3, ecc: 'M' });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
  return <svg className="az-qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}><rect width={size} height={size} fill="#fff" /><path d={dark.join('')} fill="#000" /></svg>;
}
