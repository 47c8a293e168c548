import { Alert, Button, Checkbox, Form, FormGroup, TextArea } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useJobs } from '../jobs/questions';
import { OrderedJob } from '../media/OrderedJob';
import { ProblemView } from '../parts/ProblemView';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { useDevices, useLibraries } from '../rest/questions';
import { BringKey } from '../settings/BringKey';
import { Left } from './Left';

/** A new machine takes the place of a lost one: the catalog from what holds its backups, then the key, then whoever used it. How far that is says the appliance, so one can go away meanwhile. */
export function Return() {
  const { t } = useTranslation('begin');
  const libraries = useLibraries().data ?? [];
  // a pool of this machine lies on the others, and what is in a library is named by its barcodes
  const devices = (useDevices().data ?? []).filter(({ name, node, pools }) => pools.length === 0 && !libraries.some((one) => one.name === name && one.node === node));
  const rebuilds = (useJobs().data ?? []).filter(({ kind }) => kind === 'rebuild');
  const last = rebuilds.find(({ state }) => state === 'done' || state === 'warned') ?? rebuilds.at(-1);
  // what was said before the rebuild ended counts no more
  const missing = (useQuery({ queryKey: ['alerts', last?.state], queryFn: () => answer(api.GET('/alerts')) }).data ?? []).filter(({ code }) => code === 'pool.key.missing');
  const [chosen, setChosen] = useState<string[]>([]);
  const [named, setNamed] = useState('');
  const from = [...chosen.map((name) => `device:${name}`), ...named.split('\n').map((line) => line.trim()).filter((line) => line !== '')];
  const rebuild = useMutation({
    mutationFn: () => answer(api.POST('/jobs', { body: { kind: 'rebuild', from } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['jobs'] }),
  });
  return (
    <>
      <p>{t('return.text')}</p>
      <h3 className="az-after">{t('return.media')}</h3>
      {(!last || last.state === 'failed' || last.state === 'cancelled') && (
        <>
          <p className="az-before">{t('return.mediaText')} <Link to="/drivers">{t('return.addDevice')}</Link></p>
          <Form isWidthLimited className="az-before" onSubmit={(event) => { event.preventDefault(); rebuild.mutate(); }}>
            {devices.length > 0 && (
              <FormGroup label={t('return.devices')} role="group">
                {devices.map(({ name, driver }) => (
                  <Checkbox key={name} id={`from-${name}`} label={`${name} (${driver})`} isChecked={chosen.includes(name)}
                    onChange={(_, on) => setChosen(on ? [...chosen, name] : chosen.filter((one) => one !== name))} />
                ))}
              </FormGroup>
            )}
            <FormGroup label={t('return.named')} fieldId="from-named">
              <TextArea id="from-named" rows={3} value={named} onChange={(_, text) => setNamed(text)} aria-describedby="from-named-help" autoComplete="off" spellCheck={false} />
              <p id="from-named-help" className="az-help">{t('return.namedHelp')}</p>
            </FormGroup>
            {rebuild.isError && <ProblemView thrown={rebuild.error} />}
            <div><Button type="submit" isDisabled={from.length === 0} isLoading={rebuild.isPending}>{t('return.rebuild')}</Button></div>
          </Form>
        </>
      )}
      {last && <OrderedJob id={last.id} kind="rebuild" />}
      <h3 className="az-after">{t('return.key')}</h3>
      <p className="az-before">{t('return.keyText')}</p>
      {missing.length > 0 && <Alert isInline isPlain variant="warning" title={t('return.missing', { pools: missing.map(({ name }) => name).join(', ') })} className="az-before" />}
      <BringKey />
      <h3 className="az-after">{t('return.rest')}</h3>
      <p>{t('return.restText')} <Link to="/settings/users">{t('return.users')}</Link>, <Link to="/clients">{t('return.hosts')}</Link>, <Link to="/restore">{t('return.restore')}</Link></p>
      <Left state={last?.state} />
    </>
  );
}
