import { PageSection } from '@patternfly/react-core';
import AwardIcon from '@patternfly/react-icons/dist/esm/icons/award-icon';
import { useTranslation } from 'react-i18next';
import { Nothing } from '../parts/Nothing';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { Audit } from './Audit';
import { Coverage } from './Coverage';
import { Verifies } from './Verifies';

/** What shows that backups can be relied on: what was read back and when, and who did what. */
export default function Proof() {
  const { t } = useTranslation('proof');
  return (
    <>
      <PageTitle text={t('intro')}>{t('title')}</PageTitle>
      <PageSection isFilled className="az-panels">
        <Panel title={t('coverage.title')}><Coverage /></Panel>
        <Panel title={t('verifies.title')}><Verifies /></Panel>
        <Panel title={t('drills.title')}><Nothing title={t('drills.none')} icon={AwardIcon}>{t('drills.text')}</Nothing></Panel>
        <Panel title={t('audit.title')}><Audit /></Panel>
      </PageSection>
    </>
  );
}
