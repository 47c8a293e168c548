import { useTranslation } from 'react-i18next';

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes for people, in IEC units with three digits. */
export function sizeText(bytes: number, language: string) {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })} ${UNITS[unit]}`;
}

/** The exact number is said on hover. */
export function Size({ bytes }: { bytes: number }) {
  const { i18n } = useTranslation();
  return <span className="az-number" title={`${bytes.toLocaleString(i18n.language)} B`}>{sizeText(bytes, i18n.language)}</span>;
}

export function Count({ value }: { value: number }) {
  const { i18n } = useTranslation();
  return <span className="az-number">{value.toLocaleString(i18n.language)}</span>;
}
