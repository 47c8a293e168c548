import { Button, ClipboardCopy, Form, FormGroup } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { Qr } from '../parts/Qr';
import { answer, api } from '../rest/api';
import { asProblem } from '../rest/problem';
import { confirmFactor } from '../rest/session';
import { Line } from './Line';
import { RecoveryCodes } from './RecoveryCodes';

/** Sets up the codes of a telephone: the password again, a picture for its camera, a code as proof, and what opens without it, which is shown once. */
export function SecondFactor() {
  const { t } = useTranslation('settings');
  const [password, setPassword] = useState('');
  const [old, setOld] = useState('');
  const [code, setCode] = useState('');
  const begin = useMutation({ mutationFn: () => answer(api.POST('/session/factor', { body: { password, ...(old && { code: old }) } })) });
  const confirm = useMutation({ mutationFn: () => confirmFactor(code.replace(/\s/g, '')) });
  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery} onKept={confirm.data.goOn} />;
  if (begin.data) {
    return (
      <Form onSubmit={(event) => { event.preventDefault(); confirm.mutate(); }}>
        <p>{t('own.scan')}</p>
        <div className="az-scan">
          <Qr text={begin.data.uri} label={t('own.picture')} />
          <div className="az-fields">
            <FormGroup label={t('own.key')} fieldId="factor-key"><ClipboardCopy isReadOnly isCode hoverTip={t('secret.copy')} clickTip={t('secret.copied')} textAriaLabel={t('own.key')}>{begin.data.secret}</ClipboardCopy></FormGroup>
            <Line id="factor-code" label={t('own.code')} value={code} onChange={setCode} isCode help={t('own.codeHelp')} />
            <div><Button type="submit" isDisabled={!code} isLoading={confirm.isPending}>{t('own.confirm')}</Button></div>
          </div>
        </div>
        {confirm.error && <ProblemView thrown={confirm.error} />}
      </Form>
    );
  }
  return (
    <Form isWidthLimited onSubmit={(event) => { event.preventDefault(); begin.mutate(); }}>
      {begin.error && <ProblemView thrown={begin.error} />}
      <Line id="factor-password" label={t('own.password')} value={password} onChange={setPassword} isSecret="current-password" />
      {begin.error && asProblem(begin.error).code === 'access.factor' && <Line id="factor-old" label={t('own.oldCode')} value={old} onChange={setOld} isCode />}
      <div><Button type="submit" isDisabled={!password} isLoading={begin.isPending}>{t('own.begin')}</Button></div>
    </Form>
  );
}
