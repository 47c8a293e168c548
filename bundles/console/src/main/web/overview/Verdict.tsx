import { Alert } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Protected } from './protected';

/** Is everything protected? In one line. */
export function Verdict({ rows }: { rows: Protected[] }) {
  const { t } = useTranslation('overview');
  const open = rows.filter((row) => row.state !== 'protected');
  return open.length === 0
    ? <Alert isInline variant="success" component="p" title={t('allProtected', { count: rows.length })} />
    : <Alert isInline variant={open.some((row) => row.state === 'unprotected') ? 'danger' : 'warning'} component="p" title={t('notProtected', { count: open.length, all: rows.length })} />;
}
