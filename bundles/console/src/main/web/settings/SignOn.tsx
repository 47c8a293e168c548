import { ActionGroup, Alert, Button, Form, FormGroup, Switch, TextArea, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { Provider } from '../rest/access';
import { answer, api } from '../rest/api';
import { grantsOf, linesOf, words } from './grants';
import { useChange, useProvider } from './questions';

const FIELDS = ['name', 'issuer', 'client', 'secret', 'claim', 'scopes', 'domains'] as const;
const NEW: Provider = { name: '', issuer: '', client: '', secret: false, claim: 'groups', scopes: ['profile', 'email'], domains: [], grants: [], passwords: true, back: null };

/** The provider by which people sign in. */
export function SignOn() {
  return <Asked query={useProvider()}>{(provider) => <Fields key={provider?.issuer} now={provider} />}</Asked>;
}

function Fields({ now }: { now: Provider | null }) {
  const { t } = useTranslation('settings');
  const { scopes, domains, grants, passwords: kept, ...texts } = now ?? NEW;
  const [typed, setTyped] = useState({ ...texts, secret: '', scopes: scopes.join(' '), domains: domains.join(' ') });
  const [lines, setLines] = useState(linesOf(grants));
  const [passwords, setPasswords] = useState(kept);
  const [leaving, setLeaving] = useState(false);
  const { name, issuer, client, claim } = typed;
  const body = { name, issuer, client, claim, scopes: words(typed.scopes), domains: words(typed.domains), grants: grantsOf(lines), passwords, ...(typed.secret && { secret: typed.secret }) };
  const save = useChange('sso', () => answer(api.PUT('/sso', { body })));
  const test = useChange('sso', () => answer(api.POST('/sso/test', {})));
  const remove = useChange('sso', () => answer(api.DELETE('/sso', {})));
  return (
    <Form className="az-entry" onSubmit={(event) => { event.preventDefault(); test.reset(); save.mutate(undefined); }}>
      <p>{t('sso.text', { back: `${location.origin}/sso`, leave: `${location.origin}/` })}</p>
      {FIELDS.map((field) => (
        <FormGroup key={field} label={t(`sso.${field}`)} fieldId={`sso-${field}`} isRequired={field === 'name' || field === 'issuer' || field === 'client'}>
          <TextInput id={`sso-${field}`} type={field === 'secret' ? 'password' : 'text'} autoComplete="off" value={typed[field]} onChange={(_, text) => setTyped({ ...typed, [field]: text })} aria-describedby={`sso-${field}-help`} />
          <p id={`sso-${field}-help`} className="az-help">{t(`sso.${field}Help`)}</p>
        </FormGroup>
      ))}
      <FormGroup label={t('sso.grants')} fieldId="sso-grants" isRequired>
        <TextArea id="sso-grants" rows={4} value={lines} onChange={(_, text) => setLines(text)} aria-describedby="sso-grants-help" />
        <p id="sso-grants-help" className="az-help">{t('sso.grantsHelp')}</p>
      </FormGroup>
      <Switch id="sso-passwords" label={t('sso.passwords')} isChecked={passwords} onChange={(_, on) => setPasswords(on)} />
      {[save, test, remove].map((one, at) => one.isError && <ProblemView key={at} thrown={one.error} />)}
      {test.data && <Alert isInline variant="success" title={t('sso.found', { address: test.data.authorize, keys: test.data.keys })} />}
      <ActionGroup>
        <Button type="submit" isLoading={save.isPending}>{t('sso.save')}</Button>
        <Button variant="secondary" isDisabled={!now} isLoading={test.isPending} onClick={() => test.mutate(undefined)}>{t('sso.test')}</Button>
        <Button variant="link" isDisabled={!now} onClick={() => setLeaving(true)}>{t('sso.remove')}</Button>
      </ActionGroup>
      {leaving && <Confirm danger title={t('sso.removeTitle')} action={t('sso.remove')} onConfirm={() => remove.mutate(undefined)} onClose={() => setLeaving(false)}>{t('sso.removeText')}</Confirm>}
    </Form>
  );
}
