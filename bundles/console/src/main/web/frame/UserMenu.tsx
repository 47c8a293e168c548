import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import UserIcon from '@patternfly/react-icons/dist/esm/icons/user-icon';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { signOut, type Session } from '../rest/session';
import { Menu } from './Menu';

export function UserMenu({ session }: { session: Session }) {
  const { t } = useTranslation('frame');
  const [failed, setFailed] = useState(false);
  const go = useNavigate();
  const name = session.caller.kind === 'home' ? t('tokenHolder') : session.caller.name;
  const choose = (key: string) => {
    if (key === 'account') void go('/settings/account');
    else { setFailed(false); void signOut().catch(() => setFailed(true)); }
  };
  return (
    <>
      <Menu id="user" label={t('user', { name })} icon={<UserIcon />} text={name} choices={['account', 'out'].map((key) => ({ key, label: t(`userMenu.${key}`) }))} onChoose={choose} />
      {failed && (
        <AlertGroup isToast isLiveRegion>
          <Alert variant="danger" title={t('stillIn')} actionClose={<AlertActionCloseButton onClose={() => setFailed(false)} />}>{t('stillInText')}</Alert>
        </AlertGroup>
      )}
    </>
  );
}
