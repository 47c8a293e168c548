import { Alert, Button, ClipboardCopy, Flex } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

/** What opens once each when the telephone is lost. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { t } = useTranslation('settings');
  return (
    <div role="status">
      <Alert isInline variant="success" title={t('own.done')} className="az-before">{t('own.recoveryText')}</Alert>
      <ul className="az-codes az-print" aria-label={t('own.recovery')}>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ul>
      <ClipboardCopy isReadOnly hoverTip={t('secret.copy')} clickTip={t('secret.copied')} textAriaLabel={t('own.recovery')} className="az-before">{codes.join(' ')}</ClipboardCopy>
      <Flex>
        <Button onClick={onKept}>{t('own.kept')}</Button>
        <Button variant="secondary" onClick={() => print()}>{t('own.print')}</Button>
      </Flex>
    </div>
  );
}
