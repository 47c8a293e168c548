import UserIcon from '@patternfly/react-icons/dist/esm/icons/user-icon';
import { useTranslation } from 'react-i18next';
import { signOut, type Session } from '../rest/session';
import { Menu } from './Menu';

export function UserMenu({ session }: { session: Session }) {
  const { t } = useTranslation('frame');
  const name = session.caller?.name ?? t('tokenHolder');
  return <Menu id="user" label={t('user', { name })} icon={<UserIcon />} text={name} choices={[{ key: 'out', label: t('signOut') }]} onChoose={() => void signOut()} />;
}
