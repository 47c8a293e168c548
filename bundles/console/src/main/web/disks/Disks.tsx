import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { mounted, useDisks } from '../rest/disks';
import { asProblem } from '../rest/problem';
import { DiskPool } from './DiskPool';
import { NewSet } from './NewSet';
import { Sets } from './Sets';

/** The disks of a dedicated appliance: how each is, the sets that are made of them, and a pool there. */
export function Disks() {
  const { t } = useTranslation('disks');
  const query = useDisks();
  if (query.isError && asProblem(query.error).code === 'disk.unsupported') return <p>{t('unsupported')}</p>;
  return (
    <Asked query={query}>{({ disks, sets }) => (
      <>
        {sets.length > 0 && <Sets sets={sets} />}
        {mounted(sets).length > 0 && <DiskPool sets={mounted(sets)} />}
        <NewSet disks={disks} key={sets.length} />
      </>
    )}</Asked>
  );
}
