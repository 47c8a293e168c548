import { Checkbox, FormGroup, TextArea, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Change, Plan } from './draft';

const zones = Intl.supportedValuesOf('timeZone');

/** What is seldom said otherwise than it is: time zone, blackouts, retries, priority. */
export function Further({ plan, onChange }: { plan: Plan; onChange: Change<Plan> }) {
  const { t } = useTranslation('protection');
  const number = (id: 'priority' | 'retries' | 'retryAfter', most: number) => (
    <FormGroup label={t(id)} fieldId={id}>
      <TextInput id={id} type="number" min={0} max={most} value={plan[id]} onChange={(_, typed) => onChange({ [id]: Math.max(0, Math.min(most, Math.round(Number(typed)))) })} aria-describedby={`${id}-help`} />
      <p id={`${id}-help`} className="az-help">{t(`${id}Help`)}</p>
    </FormGroup>
  );
  return (
    <details className="az-after">
      <summary>{t('further')}</summary>
      <div className="az-fields az-after">
        <FormGroup label={t('zone')} fieldId="zone">
          <TextInput id="zone" list="zones" value={plan.zone} onChange={(_, zone) => onChange({ zone: zone.trim() })} autoComplete="off" aria-describedby="zone-help" />
          <datalist id="zones">{zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
          <p id="zone-help" className="az-help">{t('zoneHelp')}</p>
        </FormGroup>
        <FormGroup label={t('blackouts')} fieldId="blackouts">
          <TextArea id="blackouts" value={plan.blackouts} onChange={(_, blackouts) => onChange({ blackouts })} rows={2} resizeOrientation="vertical" aria-describedby="blackouts-help" className="az-code" />
          <p id="blackouts-help" className="az-help">{t('blackoutsHelp')}</p>
          <Checkbox id="leave-out" label={t('leaveOut')} isChecked={plan.leaveOut} onChange={(_, leaveOut) => onChange({ leaveOut })} />
        </FormGroup>
        <Checkbox id="catch-up" label={t('catchUp')} isChecked={plan.catchUp} onChange={(_, catchUp) => onChange({ catchUp })} />
        {number('retries', 10)}
        {number('retryAfter', 1440)}
        {number('priority', 100)}
      </div>
    </details>
  );
}
