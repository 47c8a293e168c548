import { Button, PageSection } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { PageTitle } from '../parts/PageTitle';
import { useHosts } from '../rest/questions';
import { HostTable } from './HostTable';
import { Join } from './Join';

export default function Clients() {
  const { t } = useTranslation('clients');
  const [joining, setJoining] = useState(false);
  return (
    <>
      <PageTitle text={t('text')} actions={<Button onClick={() => setJoining(true)}>{t('join')}</Button>}>{t('title')}</PageTitle>
      <PageSection isFilled><Asked query={useHosts()}>{(hosts) => <HostTable hosts={hosts} />}</Asked></PageSection>
      {joining && <Join onClose={() => setJoining(false)} />}
    </>
  );
}
