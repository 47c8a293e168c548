import { Alert, Button, Form, FormGroup, TextArea } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { Line } from './Line';

/** No recovery file is larger, and a browser reads it whole. */
const MOST_BYTES = 4 << 20;

/** Gives the appliance the key of a recovery file, or of a sheet's lines, with the passphrase that closes it. */
export function BringKey() {
  const { t } = useTranslation('settings');
  const [recovery, setRecovery] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const bring = useMutation({
    mutationFn: () => answer(api.POST('/keys', { body: { recovery, ...(passphrase && { passphrase }) } })),
    onSuccess: () => {
      setRecovery('');
      setPassphrase('');
      void cache.invalidateQueries();
    },
  });
  const choose = async (file: File | undefined) => { if (file && file.size <= MOST_BYTES) setRecovery(await file.text()); };
  return (
    <>
      <Form isWidthLimited onSubmit={(event) => { event.preventDefault(); const form = event.currentTarget; bring.mutate(undefined, { onSuccess: () => form.reset() }); }}>
        <FormGroup label={t('keys.file')} fieldId="recovery-file"><input id="recovery-file" type="file" onChange={(event) => void choose(event.target.files?.[0])} /></FormGroup>
        <FormGroup label={t('keys.recovery')} fieldId="recovery"><TextArea id="recovery" rows={4} value={recovery} onChange={(_, text) => setRecovery(text)} autoComplete="off" spellCheck={false} /></FormGroup>
        <Line id="recovery-passphrase" label={t('keys.closedBy')} value={passphrase} onChange={setPassphrase} isSecret="current-password" help={t('keys.closedByHelp')} />
        <div><Button type="submit" isDisabled={recovery.trim() === ''} isLoading={bring.isPending}>{t('keys.bring')}</Button></div>
      </Form>
      {bring.isError && <ProblemView thrown={bring.error} />}
      {bring.data && <Alert isInline variant="success" title={t('keys.opened', { pools: bring.data.pools.join(', ') })} className="az-after" />}
    </>
  );
}
