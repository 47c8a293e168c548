import { Button, Form, FormGroup, TextArea, Title } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { Facts } from '../parts/Facts';
import { ProblemView } from '../parts/ProblemView';
import { When } from '../parts/When';
import type { Network as Answer } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { useStatus } from '../rest/questions';

/** Where the appliance is reached, and the certificate that it shows there. Of several servers it is the one that leads which answers to a session, wherever the console was opened. */
export function Network() {
  const { t } = useTranslation('settings');
  const network = useQuery({ queryKey: ['network'], queryFn: () => answer(api.GET('/network')) });
  const servers = useStatus().data?.servers ?? [];
  const leader = servers.find(({ state }) => state === 'leads');
  return <Asked query={network}>{(now) => (
    <>
      {servers.length > 1 && leader && <p className="az-before">{t('network.of', { server: leader.name })}</p>}
      <p className="az-before">{t('network.text')}</p>
      <Facts facts={[
        [t('network.listens'), <code>{`${now.host}:${now.port}`}</code>], [t('network.others'), now.others ?? t('network.nobody')], [t('network.issuer'), now.certificate.own ? t('network.own') : now.certificate.issuer],
        [t('network.names'), now.certificate.names.join(', ')], [t('network.until'), <When time={now.certificate.until} />], [t('network.fingerprint'), <code className="az-wrap">{now.certificate.fingerprint}</code>],
      ]} />
      <Replace />
    </>
  )}</Asked>;
}

function Replace() {
  const { t } = useTranslation('settings');
  const [given, setGiven] = useState({ certificate: '', key: '' });
  const [renewing, setRenewing] = useState(false);
  const onSuccess = (now: Answer) => { cache.setQueryData(['network'], now); setGiven({ certificate: '', key: '' }); };
  const replace = useMutation({ mutationFn: () => answer(api.POST('/network/certificate', { body: given })), onSuccess });
  const renew = useMutation({ mutationFn: () => answer(api.DELETE('/network/certificate')), onSuccess });
  return (
    <>
      <Title headingLevel="h2" className="az-after az-before">{t('network.replace')}</Title>
      <p className="az-before">{t('network.replaceText')}</p>
      <Form onSubmit={(event) => { event.preventDefault(); replace.mutate(); }}>
        {(['certificate', 'key'] as const).map((field) => (
          <FormGroup key={field} label={t(`network.${field}`)} fieldId={`network-${field}`} className="az-code">
            <TextArea id={`network-${field}`} rows={4} value={given[field]} onChange={(_, text) => setGiven({ ...given, [field]: text })} autoComplete="off" spellCheck={false} />
          </FormGroup>
        ))}
        <div>
          <Button type="submit" isDisabled={!given.certificate.trim() || !given.key.trim()} isLoading={replace.isPending}>{t('network.serve')}</Button>
          <Button variant="link" onClick={() => setRenewing(true)}>{t('network.renew')}</Button>
        </div>
      </Form>
      {(replace.isError || renew.isError) && <ProblemView thrown={replace.error ?? renew.error} />}
      {renewing && <Confirm title={t('network.renew')} action={t('network.renew')} onConfirm={() => renew.mutate()} onClose={() => setRenewing(false)}>{t('network.renewText')}</Confirm>}
    </>
  );
}
