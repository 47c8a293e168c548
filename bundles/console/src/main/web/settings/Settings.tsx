import { PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { PageTitle } from '../parts/PageTitle';
import { Certificates } from './Certificates';
import { Clock } from './Clock';
import { Development } from './Development';
import { Keys } from './Keys';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';
import { Users } from './Users';

const PARTS = { users: Users, tokens: Tokens, sessions: Sessions, keys: Keys, clock: Clock, certificates: Certificates, development: Development };
type Part = keyof typeof PARTS;

export default function Settings() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const part = useLocation().pathname.split('/')[2] ?? '';
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <PageSection type="tabs">
        <Tabs activeKey={part} onSelect={(_, key) => void navigate(`/settings/${key}`)} aria-label={t('parts')} component="nav">
          {(Object.keys(PARTS) as Part[]).map((key) => <Tab key={key} eventKey={key} href={`/settings/${key}`} onClick={(event) => event.preventDefault()} title={<TabTitleText>{t(`part.${key}`)}</TabTitleText>} />)}
        </Tabs>
      </PageSection>
      <PageSection isFilled>
        <Routes>
          <Route index element={<Navigate to="users" replace />} />
          {Object.entries(PARTS).map(([key, Shown]) => <Route key={key} path={key} element={<Shown />} />)}
        </Routes>
      </PageSection>
    </>
  );
}
