import { Alert, PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { own } from '../rest/own';
import { useStatus } from '../rest/questions';

/** Says above each page that another server leads, and where. */
export function Standby() {
  const { t } = useTranslation('frame');
  const { pathname } = useLocation();
  const servers = useStatus().data?.servers ?? [];
  if (own(servers)?.state !== 'standby') return null;
  const lead = servers.find((one) => one.state === 'leads');
  return (
    <PageSection>
      <Alert isInline component="h2" variant="info" title={lead ? t('standby.title', { name: lead.name }) : t('standby.alone')}
        actionLinks={lead?.url && <a href={lead.url + pathname}>{t('standby.go', { name: lead.name })}</a>}>
        {lead && t('standby.text')}
      </Alert>
    </PageSection>
  );
}
