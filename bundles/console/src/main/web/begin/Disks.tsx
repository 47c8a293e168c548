import { useTranslation } from 'react-i18next';
import { Disks as All } from '../disks/Disks';
import { Onward, type StepProps } from './Onward';

/** Other disks of the machine: made into a set, or taken over from an earlier appliance; then a pool there. */
export function Disks({ done, onNext }: StepProps) {
  const { t } = useTranslation('begin');
  return (
    <>
      <p className="az-before">{t('disksText')}</p>
      <All />
      <Onward done={done} onNext={onNext} />
    </>
  );
}
