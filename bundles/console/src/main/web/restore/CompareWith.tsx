import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Snapshot } from '../rest/answers';
import { useSnapshots } from '../rest/questions';

/** Chooses another day of the same save set; only what lies in one pool can be compared. */
export function CompareWith({ snapshot }: { snapshot: Snapshot }) {
  const { t, i18n } = useTranslation('restore');
  const navigate = useNavigate();
  const others = (useSnapshots().data ?? []).filter((one) => one.id !== snapshot.id && one.client === snapshot.client && one.saveSet === snapshot.saveSet
    && one.pool === snapshot.pool).reverse();
  if (others.length === 0) return null;
  return (
    <FormSelect aria-label={t('compare.with')} value="" onChange={(_, other) => void navigate(`/restore/${snapshot.id}/compare/${other}`)}>
      <FormSelectOption value="" label={t('compare.with')} isPlaceholder />
      {others.map((one) => <FormSelectOption key={one.id} value={one.id} label={new Date(one.time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' })} />)}
    </FormSelect>
  );
}
