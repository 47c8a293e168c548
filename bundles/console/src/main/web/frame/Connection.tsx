import { Label } from '@patternfly/react-core';
import UnpluggedIcon from '@patternfly/react-icons/dist/esm/icons/unplugged-icon';
import { useTranslation } from 'react-i18next';
import { useLive } from '../rest/events';

/** Says when what is shown may be old: the stream of events has broken off. */
export function Connection() {
  const { t } = useTranslation('frame');
  const live = useLive();
  return <span role="status">{live ? null : <Label status="warning" icon={<UnpluggedIcon />}>{t('offline')}</Label>}</span>;
}
