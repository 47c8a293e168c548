import { ActionGroup, Button, Form, FormGroup, Tab, Tabs, TabTitleText, TextInput } from '@patternfly/react-core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemView } from '../parts/ProblemView';
import { asProblem } from '../rest/problem';
import { useWays } from '../rest/questions';
import { signIn } from '../rest/session';
import { Card } from './Card';
import { knowsPasskeys, signInByPasskey } from './passkey';
import { cameBack, goToProvider } from './sso';

/** By a name with its password, by the token of the appliance's own machine, by a passkey, or by a provider that knows one. */
export default function SignIn() {
  const { t } = useTranslation('signin');
  const [way, setWay] = useState<'token' | 'password'>('password');
  const [thrown, setThrown] = useState<unknown>();
  const passwords = useWays().data?.passwords ?? true;
  const navigate = useNavigate();
  useEffect(() => {
    const back = cameBack();
    if (!back) return;
    void navigate(back.page, { replace: true });
    void back.finish().catch(setThrown);
  }, [navigate]);
  return (
    <Card title={t('title')}>
      {thrown !== undefined && <ProblemView thrown={thrown} />}
      <Tabs activeKey={passwords ? way : 'token'} onSelect={(_, key) => setWay(key as typeof way)} aria-label={t('way')} isFilled mountOnEnter unmountOnExit>
        {passwords && <Tab eventKey="password" title={<TabTitleText>{t('byPassword')}</TabTitleText>}><ByPassword /></Tab>}
        <Tab eventKey="token" title={<TabTitleText>{t('byToken')}</TabTitleText>}><ByToken /></Tab>
      </Tabs>
      <OtherWays />
    </Card>
  );
}

/** What needs nothing typed. */
function OtherWays() {
  const { t } = useTranslation('signin');
  const ways = useWays();
  return (
    <>
      {ways.data?.sso && <Entry ready with={goToProvider} says={t('bySso', { name: ways.data.sso })} variant="secondary">{null}</Entry>}
      {ways.data?.passkeys && knowsPasskeys() && <Entry ready with={() => signInByPasskey({})} says={t('byPasskey')} variant="secondary">{null}</Entry>}
    </>
  );
}

function ByToken() {
  const { t } = useTranslation('signin');
  const [token, setToken] = useState('');
  return (
    <Entry ready={token !== ''} with={() => signIn({ token })}>
      <FormGroup label={t('token')} fieldId="token" isRequired>
        <TextInput id="token" type="password" autoComplete="off" value={token} onChange={(_, value) => setToken(value)} aria-describedby="token-help" />
        <p id="token-help" className="az-help">{t('tokenHelp')}</p>
      </FormGroup>
    </Entry>
  );
}

function ByPassword() {
  const { t } = useTranslation('signin');
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const ways = useWays();
  return (
    <Entry ready={name !== '' && password !== ''} with={() => signIn({ name, password, ...(code && { code }) })}
      otherwise={ways.data?.passkeys && knowsPasskeys() ? () => signInByPasskey({ name, password }) : undefined}>
      <FormGroup label={t('name')} fieldId="name" isRequired>
        <TextInput id="name" autoComplete="username" autoCapitalize="none" value={name} onChange={(_, value) => setName(value)} />
      </FormGroup>
      <FormGroup label={t('password')} fieldId="password" isRequired>
        <TextInput id="password" type="password" autoComplete="current-password" value={password} onChange={(_, value) => setPassword(value)} />
      </FormGroup>
      <FormGroup label={t('code')} fieldId="code">
        <TextInput id="code" inputMode="numeric" autoComplete="one-time-code" value={code} onChange={(_, value) => setCode(value)} aria-describedby="code-help" />
        <p id="code-help" className="az-help">{t('codeHelp')}</p>
      </FormGroup>
    </Entry>
  );
}

/** @param otherwise a way beside this one, once a second factor is asked for */
function Entry({ ready, with: how, otherwise, says, variant, children }: {
  ready: boolean; with: () => Promise<void>; otherwise?: () => Promise<void>; says?: string; variant?: 'secondary'; children: ReactNode;
}) {
  const { t } = useTranslation('signin');
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function enter(by: () => Promise<void>) {
    setBusy(true);
    setThrown(undefined);
    try {
      await by();
    } catch (refused) {
      setThrown(refused);
      setBusy(false);
    }
  }
  return (
    <Form onSubmit={(event) => { event.preventDefault(); void enter(how); }} className="az-entry">
      {thrown !== undefined && <ProblemView thrown={thrown} />}
      {children}
      <ActionGroup>
        {otherwise && thrown !== undefined && asProblem(thrown).code === 'access.factor' && <Button variant="secondary" isBlock onClick={() => void enter(otherwise)}>{t('besidePasskey')}</Button>}
        <Button type="submit" variant={variant} isBlock isDisabled={!ready} isLoading={busy}>{says ?? t('enter')}</Button>
      </ActionGroup>
    </Form>
  );
}
