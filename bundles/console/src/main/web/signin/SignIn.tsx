import { ActionGroup, Button, Card, CardBody, CardHeader, Content, Form, FormGroup, Tab, Tabs, TabTitleText, TextInput } from '@patternfly/react-core';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageChoice, ThemeChoice } from '../frame/Choices';
import mark from '../frame/mark.svg';
import { ProblemView } from '../parts/ProblemView';
import { signIn } from '../rest/session';

/** By a name with its password, or by the token of the appliance's own machine. */
export default function SignIn() {
  const { t } = useTranslation(['signin', 'frame']);
  const [way, setWay] = useState<'token' | 'password'>('password');
  useEffect(() => { document.title = t('frame:title', { page: t('title') }); }, [t]);
  return (
    <main className="az-signin">
      <div className="az-signin-choices"><LanguageChoice /><ThemeChoice /></div>
      <Card className="az-signin-card">
        <CardHeader>
          <p className="az-signin-brand"><img src={mark} alt="" className="az-mark" /><span className="az-brand">{t('frame:brand')}</span></p>
          <Content component="h1">{t('title')}</Content>
        </CardHeader>
        <CardBody>
          <Tabs activeKey={way} onSelect={(_, key) => setWay(key as typeof way)} aria-label={t('way')} isFilled mountOnEnter unmountOnExit>
            <Tab eventKey="password" title={<TabTitleText>{t('byPassword')}</TabTitleText>}><ByPassword /></Tab>
            <Tab eventKey="token" title={<TabTitleText>{t('byToken')}</TabTitleText>}><ByToken /></Tab>
          </Tabs>
        </CardBody>
      </Card>
    </main>
  );
}

function ByToken() {
  const { t } = useTranslation('signin');
  const [token, setToken] = useState('');
  return (
    <Entry ready={token !== ''} with={() => ({ token })}>
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
  return (
    <Entry ready={name !== '' && password !== ''} with={() => ({ name, password, ...(code && { code }) })}>
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

function Entry({ ready, with: how, children }: { ready: boolean; with: () => Parameters<typeof signIn>[0]; children: ReactNode }) {
  const { t } = useTranslation('signin');
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setThrown(undefined);
    try {
      await signIn(how());
    } catch (refused) {
      setThrown(refused);
      setBusy(false);
    }
  }
  return (
    <Form onSubmit={submit} className="az-entry">
      {thrown !== undefined && <ProblemView thrown={thrown} />}
      {children}
      <ActionGroup><Button type="submit" isBlock isDisabled={!ready} isLoading={busy}>{t('enter')}</Button></ActionGroup>
    </Form>
  );
}
