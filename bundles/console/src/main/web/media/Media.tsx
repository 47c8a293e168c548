import { PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Route, Routes, useLocation } from 'react-router';
import { PageTitle } from '../parts/PageTitle';
import { PartLinks } from '../parts/PartLinks';
import './media.css';
import { Labels } from './Labels';
import { Libraries } from './Libraries';
import { OneVolume } from './OneVolume';
import { PoolPage } from './PoolPage';
import { Pools } from './Pools';
import { Volumes } from './Volumes';

const PARTS = ['libraries', 'volumes', 'pools', 'labels'] as const;

export default function Media() {
  const { t } = useTranslation('media');
  const part = useLocation().pathname.split('/')[2] ?? 'libraries';
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <PageSection type="tabs">
        <PartLinks label={t('parts')} now={`/media/${part}`} parts={PARTS.map((key) => ({ to: `/media/${key}`, text: t(`part.${key}`) }))} />
      </PageSection>
      <Routes>
        <Route index element={<Libraries />} />
        <Route path="libraries" element={<Libraries />} />
        <Route path="libraries/:node/:name" element={<Libraries />} />
        <Route path="volumes" element={<Volumes />} />
        <Route path="volumes/:name" element={<OneVolume />} />
        <Route path="pools" element={<Pools />} />
        <Route path="pools/:name" element={<PoolPage />} />
        <Route path="labels" element={<Labels />} />
      </Routes>
    </>
  );
}
