import { Button, Form } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { Line } from '../settings/Line';
import { named, useChange } from '../settings/questions';

/** Who came in by the machine's own token gives the user admin a password. */
export function AdminPassword() {
  const { t } = useTranslation('begin');
  const [password, setPassword] = useState('');
  const give = useChange('users', () => answer(api.POST('/users/{name}/reset', { ...named('admin'), body: { password } })));
  return (
    <Form isWidthLimited onSubmit={(event) => { event.preventDefault(); give.mutate(undefined); }}>
      {give.error && <ProblemView thrown={give.error} />}
      <Line id="admin-password" label={t('adminPassword')} value={password} onChange={setPassword} isSecret="new-password" help={t('adminPasswordHelp')} />
      <div><Button type="submit" isDisabled={!password} isLoading={give.isPending}>{t('givePassword')}</Button></div>
    </Form>
  );
}
