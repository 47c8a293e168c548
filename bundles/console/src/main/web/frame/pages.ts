import AwardIcon from '@patternfly/react-icons/dist/esm/icons/award-icon';
import CogIcon from '@patternfly/react-icons/dist/esm/icons/cog-icon';
import HistoryIcon from '@patternfly/react-icons/dist/esm/icons/history-icon';
import ListIcon from '@patternfly/react-icons/dist/esm/icons/list-icon';
import PluggedIcon from '@patternfly/react-icons/dist/esm/icons/plugged-icon';
import ServerIcon from '@patternfly/react-icons/dist/esm/icons/server-icon';
import ShieldAltIcon from '@patternfly/react-icons/dist/esm/icons/shield-alt-icon';
import TachometerAltIcon from '@patternfly/react-icons/dist/esm/icons/tachometer-alt-icon';
import TapeIcon from '@patternfly/react-icons/dist/esm/icons/tape-icon';
import { lazy, type ComponentType } from 'react';

/** A page of the navigation. Its folder, its address and the namespace of its texts are its name. */
interface PageEntry {
  name: string;
  Icon: ComponentType;
  Page: ComponentType;
}

/** In the order of the navigation; each is fetched when it is first shown. */
export const pages: PageEntry[] = [
  { name: 'overview', Icon: TachometerAltIcon, Page: lazy(() => import('../overview/Overview')) },
  { name: 'clients', Icon: ServerIcon, Page: lazy(() => import('../clients/Clients')) },
  { name: 'protection', Icon: ShieldAltIcon, Page: lazy(() => import('../protection/Protection')) },
  { name: 'jobs', Icon: ListIcon, Page: lazy(() => import('../jobs/Jobs')) },
  { name: 'restore', Icon: HistoryIcon, Page: lazy(() => import('../restore/Restore')) },
  { name: 'media', Icon: TapeIcon, Page: lazy(() => import('../media/Media')) },
  { name: 'drivers', Icon: PluggedIcon, Page: lazy(() => import('../drivers/Drivers')) },
  { name: 'proof', Icon: AwardIcon, Page: lazy(() => import('../proof/Proof')) },
  { name: 'settings', Icon: CogIcon, Page: lazy(() => import('../settings/Settings')) },
];

export const SignIn = lazy(() => import('../signin/SignIn'));
export const Begin = lazy(() => import('../begin/Begin'));
export const NewFactor = lazy(() => import('../signin/NewFactor'));
export const NewPassword = lazy(() => import('../signin/NewPassword'));
