import { useTranslation } from 'react-i18next';
import type { Request } from '../rest/access';

/** What a request asks for, in words: of what, and what differs. What the reader's language has no words for is said as the appliance says it. */
export function Act({ one }: { one: Request }) {
  const { t } = useTranslation(['settings', 'acts']);
  const says = t(`acts:${one.operation.replace(/^(PATCH|PUT) /, 'POST ')}`, { defaultValue: '' });
  if (!says) return <span lang="en">{one.summary}</span>;
  return (
    <>
      {says} <strong>{one.object}</strong>
      {one.details.map(({ field, was, wanted }) => (
        <div key={field}><code>{field}</code> {was !== null && (was || t('danger.nothing'))}{was !== null && wanted !== null && ' → '}{wanted !== null && (wanted || t('danger.nothing'))}</div>
      ))}
    </>
  );
}
