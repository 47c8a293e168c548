import { Alert, Button, Checkbox, FormGroup, List, ListItem, Progress, Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import { Size } from '../parts/Size';
import type { Firmware as State, FirmwareUpdate } from '../rest/firmware';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { call } from '../rest/call';
import { asProblem } from '../rest/problem';

/** No event tells how far an update is. */
const AGAIN_MS = 1000;

export const useFirmware = () => useQuery({
  queryKey: ['firmware'], queryFn: () => answer(api.GET('/firmware')), refetchInterval: ({ state }) => (state.data?.update?.state === 'installing' ? AGAIN_MS : false),
});

const again = () => cache.invalidateQueries({ queryKey: ['firmware'] });

/** The body is the file itself, so this is no call of the typed client. */
async function send(file: File): Promise<FirmwareUpdate> {
  const request = new Request('/api/v1/firmware/updates', { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } });
  return (await (await call(request)).json()) as FirmwareUpdate;
}

/** What a dedicated appliance runs from, and how it comes to run from a newer version. */
export function Firmware({ query }: { query: ReturnType<typeof useFirmware> }) {
  return <Asked query={query}>{(state) => <><Slots state={state} /><Choose busy={state.update?.state === 'installing'} />{state.update && <Update update={state.update} key={state.update.id} />}<Restart state={state} /></>}</Asked>;
}

function Slots({ state }: { state: State }) {
  const { t } = useTranslation('settings');
  const said = ({ runs, next, good }: State['slots'][number]) => [runs && t('firmware.runs'), next && t('firmware.next'), t(good ? 'firmware.good' : 'firmware.bad')].filter(Boolean).join(', ');
  return (
    <Table aria-label={t('firmware.slots')} variant="compact" className="az-table">
      <Thead><Tr><Th>{t('firmware.slot')}</Th><Th>{t('updates.version')}</Th><Th>{t('firmware.how')}</Th></Tr></Thead>
      <Tbody>
        {state.slots.map((slot) => (
          <Tr key={slot.name}><Td dataLabel={t('firmware.slot')}>{slot.name}</Td><Td dataLabel={t('updates.version')}>{slot.version || t('firmware.unknown')}</Td><Td dataLabel={t('firmware.how')}>{said(slot)}</Td></Tr>
        ))}
      </Tbody>
    </Table>
  );
}

function Choose({ busy }: { busy: boolean }) {
  const { t } = useTranslation('settings');
  const sending = useMutation({ mutationFn: send, onSettled: again });
  return (
    <>
      <FormGroup label={t('firmware.choose')} fieldId="firmware-file" className="az-after az-before">
        <input id="firmware-file" type="file" accept=".raucb" disabled={busy || sending.isPending} aria-describedby="firmware-help"
          onChange={(event) => { if (event.target.files?.[0]) sending.mutate(event.target.files[0]); event.target.value = ''; }} />
        <p id="firmware-help">{sending.isPending ? t('firmware.sending') : t('firmware.help')}</p>
      </FormGroup>
      {sending.isError && <ProblemView thrown={sending.error} />}
    </>
  );
}

function Update({ update: { id, version, bytes, state, percent, doing, problem, drivers } }: { update: FirmwareUpdate }) {
  const { t } = useTranslation('settings');
  const [anyway, setAnyway] = useState(false);
  const path = { params: { path: { update: id } } };
  const install = useMutation({ mutationFn: () => answer(api.POST('/firmware/updates/{update}/install', { ...path, body: { driversAnyway: anyway } })), onSettled: again });
  const drop = useMutation({ mutationFn: () => answer(api.DELETE('/firmware/updates/{update}', path)), onSettled: again });
  const waits = state === 'checked' || state === 'failed';
  return (
    <section className="az-after">
      <Title headingLevel="h2" className="az-before">{t('firmware.update', { version })}</Title>
      <div role="status">
        <p className="az-before">{t(`firmware.${state}`)} <Size bytes={bytes} /></p>
        {state === 'installing' && <Progress value={percent} title={t('firmware.percent')} label={`${percent} %`} helperText={<span lang="en">{doing}</span>} />}
        {problem && <Alert isInline variant="danger" title={t('firmware.notInstalled')}><p lang="en">{problem}</p></Alert>}
      </div>
      {waits && drivers.length > 0 && (
        <>
          <Alert isInline variant="warning" title={t('firmware.drivers')} className="az-before">
            <List>{drivers.map((driver) => <ListItem key={driver.name}>{driver.name} {driver.version}: <span lang="en">{driver.lacks}</span></ListItem>)}</List>
          </Alert>
          <Checkbox id="drivers-anyway" className="az-before" label={t('firmware.anyway')} isChecked={anyway} onChange={(_, on) => setAnyway(on)} />
        </>
      )}
      {waits && <Button onClick={() => install.mutate()} isDisabled={drivers.length > 0 && !anyway} isLoading={install.isPending}>{t('firmware.install')}</Button>}
      {state !== 'installing' && <Button variant="link" onClick={() => drop.mutate()}>{t('firmware.drop')}</Button>}
      {(install.isError || drop.isError) && <ProblemView thrown={install.error ?? drop.error} />}
    </section>
  );
}

function Restart({ state }: { state: State }) {
  const { t } = useTranslation('settings');
  const [asking, setAsking] = useState(false);
  const restart = useMutation({ mutationFn: () => answer(api.POST('/appliance/restart')) });
  // what starts again may be gone before its answer is here
  const begun = restart.isSuccess || (restart.isError && asProblem(restart.error).code === 'connection.lost');
  const next = state.slots.find((slot) => slot.next);
  return (
    <div className="az-after">
      <Button variant={state.update?.state === 'installed' ? 'primary' : 'secondary'} isDisabled={state.update?.state === 'installing'} onClick={() => setAsking(true)}>{t('firmware.restart')}</Button>
      {begun && <Alert isInline variant="info" title={t('firmware.restarting')} className="az-after" />}
      {restart.isError && !begun && <ProblemView thrown={restart.error} />}
      {asking && (
        <Confirm title={t('firmware.restart')} action={t('firmware.restart')} onConfirm={() => restart.mutate()} onClose={() => setAsking(false)}>
          {t('firmware.restartText', { slot: next?.name ?? '', version: next?.version || t('firmware.unknown') })}
        </Confirm>
      )}
    </div>
  );
}
