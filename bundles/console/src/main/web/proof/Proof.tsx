import { PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { Audit } from './Audit';
import { Coverage } from './Coverage';
import { CoverageLines } from './CoverageLines';
import { Drills } from './Drills';
import { Plans } from './Plans';
import { Proven } from './Proven';
import { Verifies } from './Verifies';

/** What shows that backups can be relied on: what was read back and when, and who did what. */
export default function Proof() {
  const { t } = useTranslation('proof');
  return (
    <>
      <PageTitle text={t('intro')}>{t('title')}</PageTitle>
      <PageSection isFilled className="az-panels">
        <Panel title={t('proven.title')}><Proven /></Panel>
        <Panel title={t('drills.title')}><Drills /></Panel>
        <Panel title={t('plans.title')}><Plans /></Panel>
        <Panel title={t('coverage.title')}><CoverageLines /><Coverage /></Panel>
        <Panel title={t('verifies.title')}><Verifies /></Panel>
        <Panel title={t('audit.title')}><Audit /></Panel>
      </PageSection>
    </>
  );
}
