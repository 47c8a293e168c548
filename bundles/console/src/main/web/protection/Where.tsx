import { Checkbox, FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Pool } from '../rest/answers';
import type { Change, Plan } from './draft';

/** The pool that backups go to, and those that get a copy of each. */
export function Where({ plan, pools, onChange }: { plan: Plan; pools: Pool[]; onChange: Change<Plan> }) {
  const { t } = useTranslation('protection');
  const others = pools.filter(({ name }) => name !== plan.pool);
  return (
    <div className="az-fields az-after">
      <FormGroup label={t('pool')} fieldId="pool">
        <FormSelect id="pool" value={plan.pool} onChange={(_, pool) => onChange({ pool, copyTo: plan.copyTo.filter((one) => one !== pool) })}>{pools.map(({ name }) => <FormSelectOption key={name} value={name} label={name} />)}</FormSelect>
      </FormGroup>
      {others.length > 0 && (
        <FormGroup label={t('copyTo')} role="group">
          {others.map(({ name }) => (
            <Checkbox key={name} id={`copy-${name}`} label={name} isChecked={plan.copyTo.includes(name)} onChange={(_, on) => onChange({ copyTo: on ? [...plan.copyTo, name] : plan.copyTo.filter((one) => one !== name) })} />
          ))}
          <p className="az-help">{t('copyToHelp')}</p>
        </FormGroup>
      )}
    </div>
  );
}
