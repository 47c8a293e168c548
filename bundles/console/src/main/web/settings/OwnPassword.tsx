import { Alert, Button, Form } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { changePassword } from '../rest/session';
import { Line } from './Line';

export function OwnPassword() {
  const { t } = useTranslation('settings');
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const change = useMutation({ mutationFn: () => changePassword(password, next), onSuccess: () => { setPassword(''); setNext(''); } });
  return (
    <Form isWidthLimited onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
      {change.error && <ProblemView thrown={change.error} />}
      {change.isSuccess && <Alert isInline variant="success" title={t('own.changed')} />}
      <Line id="own-password" label={t('own.password')} value={password} onChange={setPassword} isSecret="current-password" />
      <Line id="own-next" label={t('own.next')} value={next} onChange={setNext} isSecret="new-password" help={t('own.nextHelp')} />
      <div><Button type="submit" variant="secondary" isDisabled={!password || !next} isLoading={change.isPending}>{t('own.changePassword')}</Button></div>
    </Form>
  );
}
