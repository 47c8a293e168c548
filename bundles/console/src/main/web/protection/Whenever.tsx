import { FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { keeps, schedules, type Change, type Plan } from './draft';

/** When it runs and how long it is kept: a usual choice, or one's own in the line below it. */
export function When({ plan, onChange }: { plan: Plan; onChange: Change<Plan> }) {
  const { t } = useTranslation('protection');
  return (
    <div className="az-fields">
      <Line id="schedule" label={t('schedule')} help={t('scheduleHelp')} value={plan.schedule} usual={schedules} text={(one) => t(`usual.${one.replace(/\W+/g, '-') || 'none'}`)} onChange={(schedule) => onChange({ schedule })} />
      <Line id="keep" label={t('keep')} help={t('keepHelp')} value={plan.keep} usual={keeps} text={(one) => t(`usualKeep.${one.replace(/\W+/g, '-') || 'none'}`)} onChange={(keep) => onChange({ keep })} />
    </div>
  );
}

function Line({ id, label, help, value, usual, text, onChange }: {
  id: string; label: string; help: string; value: string; usual: string[]; text: (one: string) => string; onChange: (value: string) => void;
}) {
  const { t } = useTranslation('protection');
  return (
    <FormGroup label={label} fieldId={id}>
      <FormSelect id={`${id}-usual`} aria-label={t('usualOf', { label })} value={usual.includes(value) ? value : 'own'} onChange={(_, chosen) => { if (chosen !== 'own') onChange(chosen); }}>
        {usual.map((one) => <FormSelectOption key={one} value={one} label={text(one)} />)}
        <FormSelectOption value="own" label={t('own')} />
      </FormSelect>
      <TextInput id={id} value={value} onChange={(_, typed) => onChange(typed)} aria-describedby={`${id}-help`} className="az-code" />
      <p id={`${id}-help`} className="az-help">{help}</p>
    </FormGroup>
  );
}
