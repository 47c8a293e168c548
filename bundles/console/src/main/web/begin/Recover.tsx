import { Alert, Button, Flex, Form, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import { recovery, saveRecovery } from '../settings/recovery';
import { Line } from '../settings/Line';
import { usePools } from '../rest/questions';
import { Onward, type StepProps } from './Onward';
import { Sheet } from './Sheet';

/** What reads the backups when this machine is gone: a file, and a sheet of paper. */
export function Recover({ done, onNext }: StepProps) {
  const { t } = useTranslation('begin');
  const pools = usePools().data ?? [];
  const [chosen, setPool] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const pool = chosen || (pools.find((one) => one.keyExported === null) ?? pools[0])?.name || '';
  const save = useMutation({ mutationFn: () => saveRecovery(pool, passphrase) });
  const sheet = useMutation({ mutationFn: () => recovery(pool, { passphrase, sheet: true }) });
  const same = passphrase !== '' && passphrase === again;
  return (
    <>
      <Form isWidthLimited className="az-unprinted" onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
        <p>{t('recoverText')}</p>
        {done && <Alert isInline variant="success" title={t('recoverDone')} />}
        {pools.length > 1 && (
          <FormGroup label={t('poolName')} fieldId="recover-pool">
            <FormSelect id="recover-pool" value={pool} onChange={(_, name) => { setPool(name); sheet.reset(); }}>{pools.map(({ name }) => <FormSelectOption key={name} value={name} label={name} />)}</FormSelect>
          </FormGroup>
        )}
        <Line id="passphrase" label={t('passphrase')} value={passphrase} onChange={setPassphrase} isSecret="new-password" help={t('passphraseHelp')} />
        <Line id="passphrase-again" label={t('again')} value={again} onChange={setAgain} isSecret="new-password" help={again !== '' && !same ? t('differs') : undefined} />
        {(save.error ?? sheet.error) && <ProblemView thrown={save.error ?? sheet.error} />}
        <Flex>
          <Button type="submit" isDisabled={!same || !pool} isLoading={save.isPending}>{t('saveFile')}</Button>
          <Button variant="secondary" isDisabled={!same || !pool} isLoading={sheet.isPending} onClick={() => sheet.mutate()}>{t('makeSheet')}</Button>
        </Flex>
      </Form>
      {sheet.data && <Sheet pool={pool} lines={sheet.data} />}
      <Onward done={done} onNext={onNext} />
    </>
  );
}
