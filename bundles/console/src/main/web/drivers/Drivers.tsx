import { PageSection } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { Change } from './Change';
import { Devices } from './Devices';
import './drivers.css';
import { DropPackage } from './DropPackage';
import { Installed } from './Installed';
import { Publishers } from './Publishers';

/** What speaks to devices: packages, the devices that they serve, and whose packages are let in. */
export default function Drivers() {
  const { t } = useTranslation('drivers');
  const [job, setJob] = useState<number>();
  return (
    <>
      <PageTitle text={t('intro')}>{t('title')}</PageTitle>
      <PageSection isFilled className="az-panels">
        <DropPackage onJob={setJob} />
        {job !== undefined && <Change key={job} job={job} />}
        <Panel title={t('installed.title')}><Installed onJob={setJob} /></Panel>
        <Panel title={t('devices.title')}><Devices /></Panel>
        <Panel title={t('publishers.title')}><Publishers /></Panel>
      </PageSection>
    </>
  );
}
