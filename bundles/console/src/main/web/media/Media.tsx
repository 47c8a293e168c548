import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { PageTitle } from '../parts/PageTitle';
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
  const navigate = useNavigate();
  const part = useLocation().pathname.split('/')[2] ?? 'libraries';
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <PageSection type="tabs" className="az-unprinted">
        <Tabs activeKey={part} onSelect={(_, key) => void navigate(`/media/${key}`)} aria-label={t('parts')} component="nav" isBox={false}>
          {PARTS.map((key) => <Tab key={key} eventKey={key} href={`/media/${key}`} onClick={(event) => event.preventDefault()} title={<TabTitleText>{t(`part.${key}`)}</TabTitleText>} />)}
        </Tabs>
      </PageSection>
      <Routes>
        <Route index element={<Navigate to="libraries" replace />} />
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
