import { Alert, ClipboardCopy } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

/** What is told once and never again. */
export function Secret({ title, value }: { title: string; value: string }) {
  const { t } = useTranslation('settings');
  return (
    <div role="status" className="az-before">
      <Alert isInline variant="success" title={title}>
        <ClipboardCopy isReadOnly hoverTip={t('secret.copy')} clickTip={t('secret.copied')} textAriaLabel={title}>{value}</ClipboardCopy>
        <p className="az-help">{t('secret.once')}</p>
      </Alert>
    </div>
  );
}
