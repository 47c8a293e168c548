import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Qr } from '../parts/Qr';

/** One page for a safe: what it is for, the lines that open a pool, and the same lines for a camera. */
export function Sheet({ pool, lines }: { pool: string; lines: string }) {
  const { t, i18n } = useTranslation('begin');
  return (
    <section className="az-sheet az-after" aria-label={t('sheet', { pool })}>
      <h3>{t('sheet', { pool })}</h3>
      <p>{t('sheetText')} {t('sheetDate', { date: new Date().toLocaleDateString(i18n.language, { dateStyle: 'long' }) })}</p>
      <Qr text={lines} label={t('sheetPicture')} />
      <pre tabIndex={0} aria-label={t('sheetLines')}>{lines}</pre>
      <p>{t('sheetUse')} <code>{'azekura key import'}</code></p>
      <Button className="az-unprinted" variant="secondary" onClick={() => print()}>{t('print')}</Button>
    </section>
  );
}
