import { Radio } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import type { Job } from '../rest/answers';
import { call } from '../rest/call';

/** The body is the file itself, so this is no call of the typed client. */
async function send(file: File, update: boolean): Promise<Job> {
  const request = new Request('/api/v1/drivers', { method: update ? 'PUT' : 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } });
  return (await (await call(request)).json()) as Job;
}

/** Takes a driver package that is dropped here or chosen: a new driver, or a newer version while jobs go on. */
export function DropPackage({ onJob }: { onJob: (job: number) => void }) {
  const { t } = useTranslation('drivers');
  const [over, setOver] = useState(false);
  const [update, setUpdate] = useState(false);
  const install = useMutation({ mutationFn: (file: File) => send(file, update), onSuccess: (job) => onJob(job.id) });
  const take = (files: FileList | null) => { if (files?.[0]) install.mutate(files[0]); };
  const drag = (event: DragEvent, on: boolean) => { event.preventDefault(); setOver(on); };
  return (
    <>
      <div className={over ? 'az-drop az-over' : 'az-drop'} onDragOver={(event) => drag(event, true)} onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => { drag(event, false); take(event.dataTransfer.files); }}>
        <span>{install.isPending ? t('drop.sending') : t('drop.here')}</span>
        <input id="package" type="file" accept=".azd" disabled={install.isPending} onChange={(event) => { take(event.target.files); event.target.value = ''; }} />
        <label htmlFor="package" className="pf-v6-c-button pf-m-secondary">{t('drop.choose')}</label>
        <Radio id="as-new" name="as" label={t('drop.asNew')} isChecked={!update} onChange={() => setUpdate(false)} />
        <Radio id="as-update" name="as" label={t('drop.asUpdate')} isChecked={update} onChange={() => setUpdate(true)} />
      </div>
      {install.isError && <ProblemView thrown={install.error} />}
    </>
  );
}
