import { Label } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../parts/PageLink';
import { isOf, useRequests } from '../rest/requests';
import type { Session } from '../rest/session';

/** How many dangerous acts of others wait for an admin's word. */
export function Waiting({ session }: { session: Session }) {
  const { t } = useTranslation('frame');
  const requests = useRequests(session.caller.role === 'admin' && session.caller.clients.length === 0);
  const count = requests.data?.filter((one) => one.state === 'waiting' && !isOf(session, one.by)).length ?? 0;
  if (count === 0) return null;
  const text = t('waiting', { count });
  return (
    <Label status="warning" render={({ className, content, componentRef }) => <PageLink href="/settings/danger" className={className} ref={componentRef} aria-label={text}>{content}</PageLink>}>
      <span className="az-wide-only">{text}</span><span className="az-narrow-only">{count}</span>
    </Label>
  );
}
