import { Alert, AlertGroup } from '@patternfly/react-core';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../parts/Panel';
import { ProblemView } from '../parts/ProblemView';
import type { Job } from '../rest/answers';
import { useAlerts, useStatus, useVolumes } from '../rest/questions';

const DOUBTFUL = ['suspect', 'quarantined', 'missing'];
const SHOWN = 6;
/** As messages of the appliance tell it. */
const TIME = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

interface Note {
  key: string;
  variant: 'warning' | 'danger';
  title: string;
  text?: ReactNode;
}

/** What somebody should see to: warnings of the appliance, jobs that wait or failed, media in doubt, power. */
export function Attention({ jobs }: { jobs: Job[] }) {
  const { t, i18n } = useTranslation(['overview', 'alerts']);
  const local = (text: string) => text.replace(TIME, (time) => new Date(time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }));
  const status = useStatus().data;
  const told = useAlerts();
  const alerts = (told.data ?? []).filter(({ code }) => code !== 'job.parked' && code !== 'clock.unsure');
  const volumes = useVolumes().data ?? [];
  const link = (job: Job) => <Link to={`/jobs/${job.id}`}>{t('job', { id: job.id })}</Link>;
  const notes: Note[] = [
    ...jobs.filter((job) => job.state === 'parked').map((job): Note => ({ key: `job ${job.id}`, variant: 'warning', title: t('parked', { client: job.client ?? job.kind }), text: <><span lang="en">{job.error}</span> {link(job)}</> })),
    ...jobs.filter((job) => job.state === 'failed').slice(-3).map((job): Note => ({ key: `job ${job.id}`, variant: 'danger', title: t('failed', { client: job.client ?? job.kind }), text: <><span lang="en">{job.error}</span> {link(job)}</> })),
    ...(status?.power ?? []).filter((power) => power.supply === 'battery' || power.supply === 'low').map((power): Note => ({ key: `power ${power.device}`, variant: 'danger', title: t('onBattery', { device: power.device }) })),
    ...volumes.filter((volume) => DOUBTFUL.includes(volume.state)).map((volume): Note => ({ key: `volume ${volume.label}`, variant: 'warning', title: t('volume', { label: volume.label }), text: <><span lang="en">{volume.why}</span> <Link to="/media">{t('toMedia')}</Link></> })),
    ...alerts.map(({ code, name, severity, values, text }): Note => ({ key: code + name, variant: severity === 'error' ? 'danger' : 'warning', title: local(t(`alerts:${code}`, { ...values, defaultValue: text })), text: code === 'rebuild.left' && <Link to="/begin/return">{t('toLeft')}</Link> })),
    ...(status?.clock.advice ? [{ key: 'clock', variant: 'warning' as const, title: t('clock'), text: <span lang="en">{status.clock.advice}</span> }] : []),
  ].sort((a, b) => a.variant.localeCompare(b.variant));
  return (
    <Panel title={t('attention')}>
      {told.isError && <ProblemView thrown={told.error} />}
      {notes.length === 0
        ? told.isSuccess && <p className="az-fine"><CheckCircleIcon /> {t('nothing')}</p>
        : <AlertGroup>{notes.slice(0, SHOWN).map(({ key, variant, title, text }) => <Alert key={key} isInline isPlain variant={variant} title={title} component="h3">{text}</Alert>)}</AlertGroup>}
      {notes.length > SHOWN && <p>{t('moreNotes', { count: notes.length - SHOWN })}</p>}
    </Panel>
  );
}
