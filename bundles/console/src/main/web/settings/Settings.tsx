import { PageSection } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Route, Routes, useLocation } from 'react-router';
import { Disks } from '../disks/Disks';
import { PageTitle } from '../parts/PageTitle';
import { PartLinks } from '../parts/PartLinks';
import { Account } from './Account';
import { Appliance } from './Appliance';
import { Certificates } from './Certificates';
import { Clock } from './Clock';
import { Danger } from './Danger';
import { Development } from './Development';
import { Keys } from './Keys';
import { Network } from './Network';
import { Passkeys } from './Passkeys';
import { Sessions } from './Sessions';
import { SignOn } from './SignOn';
import { Told } from './Told';
import { Tokens } from './Tokens';
import { Updates } from './Updates';
import { Users } from './Users';

const PARTS = {
  account: Account, passkeys: Passkeys, users: Users, tokens: Tokens, sessions: Sessions, sso: SignOn, told: Told, keys: Keys, clock: Clock, certificates: Certificates,
  network: Network, updates: Updates, disks: Disks, appliance: Appliance, development: Development, danger: Danger,
};
type Part = keyof typeof PARTS;

export default function Settings() {
  const { t } = useTranslation('settings');
  const part = useLocation().pathname.split('/')[2] ?? 'account';
  return (
    <>
      <PageTitle>{t('title')}</PageTitle>
      <PageSection type="tabs">
        <PartLinks label={t('parts')} now={`/settings/${part}`} parts={(Object.keys(PARTS) as Part[]).map((key) => ({ to: `/settings/${key}`, text: t(`part.${key}`) }))} />
      </PageSection>
      <PageSection isFilled>
        <Routes>
          <Route index element={<Account />} />
          {Object.entries(PARTS).map(([key, Shown]) => <Route key={key} path={key} element={<Shown />} />)}
        </Routes>
      </PageSection>
    </>
  );
}
