import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { Facts } from '../parts/Facts';
import { sizeText } from '../parts/Size';
import { usePools, useStatus } from '../rest/questions';
import { Clock } from '../settings/Clock';
import { Onward, type StepProps } from './Onward';

/** Its name, its time and where backups go: as they are, and where they are changed. */
export function Appliance({ done, onNext }: StepProps) {
  const { t, i18n } = useTranslation('begin');
  const name = useStatus().data?.roles.find((role) => role.kind === 'server')?.name;
  return (
    <>
      <Facts facts={[[t('name'), name], [t('address'), window.location.host]]} />
      <h3 className="az-after">{t('time')}</h3>
      <Clock />
      <h3 className="az-after">{t('pool')}</h3>
      <Asked query={usePools()}>{(pools) => (
        <>
          {pools.map((pool) => (
            <Facts key={pool.name} facts={[[t('poolName'), pool.name], [t('driver'), pool.driver], [t('room'), pool.capacity > 0 ? sizeText(pool.capacity - pool.used, i18n.language) : t('unknown')]]} />
          ))}
          <p className="az-help">{t('poolText')} <Link to="/media">{t('otherPool')}</Link></p>
        </>
      )}</Asked>
      <Onward done={done} onNext={onNext} />
    </>
  );
}
