import { Alert, FormGroup, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages } from '../frame/language';
import { useSession } from '../rest/session';
import { SecondFactor } from '../settings/SecondFactor';
import { AdminPassword } from './AdminPassword';
import { Onward, type StepProps } from './Onward';

/** The language, and who can come in: by a password of his own and a second factor. */
export function You({ done, onNext }: StepProps) {
  const { t, i18n } = useTranslation('begin');
  const session = useSession();
  const isUser = session !== null && session !== 'unknown' && session.caller.kind === 'user';
  return (
    <>
      <FormGroup label={t('language')} role="group" className="az-before">
        <ToggleGroup aria-label={t('language')}>
          {languages.map((one) => <ToggleGroupItem key={one} text={<span lang={one}>{t(`languages.${one}`)}</span>} buttonId={`language-${one}`} isSelected={i18n.language === one} onChange={() => void chooseLanguage(one)} />)}
        </ToggleGroup>
      </FormGroup>
      {done && <Alert isInline variant="success" title={t(isUser ? 'factorSet' : 'passwordSet')} />}
      {!done && (isUser ? <><p className="az-before">{t('factorText')}</p><SecondFactor /></> : <><p className="az-before">{t('passwordText')}</p><AdminPassword /></>)}
      <Onward done={done} onNext={onNext} />
    </>
  );
}
