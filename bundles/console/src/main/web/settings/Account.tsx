import { useTranslation } from 'react-i18next';
import { Panel } from '../parts/Panel';
import { useSession } from '../rest/session';
import { GiveUpFactor } from './GiveUpFactor';
import { OwnPassword } from './OwnPassword';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';

/** Whoever is signed in: his password, his second factor, his sessions. */
export function Account() {
  const { t } = useTranslation('settings');
  const session = useSession();
  if (session === null || session === 'unknown') return null;
  const { name, kind, role } = session.caller;
  const isUser = kind === 'user';
  return (
    <div className="az-panels">
      <p>{isUser ? t('own.who', { name, role: t(`role.${role}`) }) : t('own.noUser')}</p>
      {isUser && <Panel title={t('own.factor')}><p className="az-before">{t('own.factorText')}</p><SecondFactor /><GiveUpFactor /></Panel>}
      {isUser && <Panel title={t('own.changePassword')}><OwnPassword /></Panel>}
      <Panel title={t('own.sessions')}><Sessions of={name} /></Panel>
    </div>
  );
}
