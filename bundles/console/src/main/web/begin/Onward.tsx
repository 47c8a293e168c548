import { Button, Flex } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';

export interface StepProps {
  /** whether the appliance has it behind it */
  done: boolean;
  onNext: () => void;
}

/** The way on: the main one where the step is done, else one that says that it is left out. */
export function Onward({ done, onNext }: StepProps) {
  const { t } = useTranslation('begin');
  return <Flex className="az-after az-unprinted"><Button id="next" variant={done ? 'primary' : 'link'} onClick={onNext}>{t(done ? 'next' : 'skip')}</Button></Flex>;
}
