import { useTranslation } from 'react-i18next';
import { Facts } from '../parts/Facts';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { OneSnapshot } from '../rest/answers';

/** Where else a snapshot lies, what is lacking for 3-2-1, and until when nobody can delete it. */
export function Copies({ snapshot: { copies, spread, lockedUntil } }: { snapshot: OneSnapshot }) {
  const { t } = useTranslation('restore');
  return (
    <div className="az-before">
      <Facts facts={[
        [t('copies.in'), copies.length > 0 ? copies.map(({ pool, time, damaged }) => <div key={pool}>{pool}, <When time={time} /> {damaged && <StateLabel state="suspect" />}</div>) : t('copies.none')],
        [t('copies.lacks'), spread?.lacks.map((lack) => t(`copies.${lack}`)).join(' ')],
        [t('copies.locked'), lockedUntil && <When time={lockedUntil} />],
      ]} />
    </div>
  );
}
