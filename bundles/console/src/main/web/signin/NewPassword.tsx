import { ActionGroup, Button, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { changePassword, signOut } from '../rest/session';
import { Card } from './Card';

/** Who came in by a password that is good once chooses another, before anything else. */
export default function NewPassword() {
  const { t } = useTranslation('signin');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const [thrown, setThrown] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setThrown(undefined);
    await changePassword(password, next).catch(setThrown);
    setBusy(false);
  }
  return (
    <Card title={t('newTitle')}>
      <Form onSubmit={submit} className="az-entry">
        {thrown !== undefined && <ProblemView thrown={thrown} />}
        <p>{t('newText')}</p>
        <FormGroup label={t('oncePassword')} fieldId="password" isRequired>
          <TextInput id="password" type="password" autoComplete="current-password" value={password} onChange={(_, value) => setPassword(value)} />
        </FormGroup>
        <FormGroup label={t('nextPassword')} fieldId="next" isRequired>
          <TextInput id="next" type="password" autoComplete="new-password" value={next} onChange={(_, value) => setNext(value)} />
        </FormGroup>
        <ActionGroup>
          <Button type="submit" isDisabled={!password || !next} isLoading={busy}>{t('change')}</Button>
          <Button variant="link" onClick={() => void signOut().catch(setThrown)}>{t('leave')}</Button>
        </ActionGroup>
      </Form>
    </Card>
  );
}
