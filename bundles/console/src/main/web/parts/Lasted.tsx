import { useTranslation } from 'react-i18next';
import { useNow } from './When';

/** A span of time in its two largest units. */
export function spanText(seconds: number, language: string) {
  const whole = Math.max(0, Math.round(seconds));
  const parts: [number, string][] = [[Math.floor(whole / 86_400), 'day'], [Math.floor(whole / 3_600) % 24, 'hour'], [Math.floor(whole / 60) % 60, 'minute'], [whole % 60, 'second']];
  const first = parts.findIndex(([value]) => value > 0);
  const shown = first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([value]) => value > 0);
  return shown.map(([value, unit]) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: language === 'ja' ? 'short' : 'narrow' }).format(value)).join(' ');
}

/** How long something lasted; while it has no end, until now. */
export function Lasted({ from, to }: { from: string | null; to: string | null }) {
  const { i18n } = useTranslation();
  if (!from) return <span>–</span>;
  return to ? <span>{spanText((Date.parse(to) - Date.parse(from)) / 1000, i18n.language)}</span> : <Lasting from={from} />;
}

function Lasting({ from }: { from: string }) {
  const { i18n } = useTranslation();
  const now = useNow(1_000);
  return <span>{spanText((now.getTime() - Date.parse(from)) / 1000, i18n.language)}</span>;
}
