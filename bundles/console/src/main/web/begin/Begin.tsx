import { Grid, GridItem, PageSection, ProgressStep, ProgressStepper } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import { Loading } from '../parts/Loading';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { Appliance } from './Appliance';
import { Disks } from './Disks';
import { Protect } from './Protect';
import { Recover } from './Recover';
import { Return } from './Return';
import { useSteps, type Step, type Steps } from './steps';
import { You } from './You';

const SHOWN = { you: You, appliance: Appliance, disks: Disks, protect: Protect, recover: Recover };

/** A new appliance's first run, from a password to a backup and what opens it when all else is lost. Each step has an address, and can be left out and come back to. */
export default function Begin() {
  const { t } = useTranslation('begin');
  const steps = useSteps();
  const go = useNavigate();
  const asked = useLocation().pathname.split('/')[2];
  if (asked === 'return') return <><PageTitle>{t('return.title')}</PageTitle><PageSection isFilled><Panel title={t('return.step')}><Return /></Panel></PageSection></>;
  if (!steps) return <><PageTitle>{t('title')}</PageTitle><Loading /></>;
  const at = steps.findIndex(([one]) => one === asked);
  if (at < 0) return <Navigate to={`/begin/${steps.find(([, done]) => !done)?.[0] ?? 'recover'}`} replace />;
  const [step, done] = steps[at]!;
  const Shown = SHOWN[step];
  const next = () => void go(at + 1 < steps.length ? `/begin/${steps[at + 1]![0]}` : '/overview');
  return (
    <>
      <PageTitle text={t('text', { count: steps.length })}>{t('title')}</PageTitle>
      <PageSection isFilled>
        <Grid hasGutter>
          <GridItem xl={3} span={12} className="az-unprinted"><Path steps={steps} now={step} /><p className="az-after"><Link to="/begin/return">{t('return.offer')}</Link></p></GridItem>
          <GridItem xl={9} span={12}><Panel key={step} title={t(`step.${step}`)}><Shown done={done} onNext={next} /></Panel></GridItem>
        </Grid>
      </PageSection>
    </>
  );
}

function Path({ steps, now }: { steps: Steps; now: Step }) {
  const { t } = useTranslation('begin');
  return (
    <ProgressStepper isVertical aria-label={t('steps')}>
      {steps.map(([step, done]) => {
        const state = t(done ? 'behind' : step === now ? 'here' : 'ahead');
        return (
          <ProgressStep key={step} id={`step-${step}`} titleId={`step-${step}-title`} variant={done ? 'success' : step === now ? 'info' : 'pending'} isCurrent={step === now}
            aria-label={`${t(`step.${step}`)}: ${state}`} description={state}>
            <Link to={`/begin/${step}`} aria-current={step === now ? 'step' : undefined}>{t(`step.${step}`)}</Link>
          </ProgressStep>
        );
      })}
    </ProgressStepper>
  );
}
