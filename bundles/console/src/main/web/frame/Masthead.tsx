import {
  Masthead as Bar, MastheadBrand, MastheadContent, MastheadLogo, MastheadMain, MastheadToggle, PageToggleButton, Toolbar, ToolbarContent, ToolbarGroup, ToolbarItem,
} from '@patternfly/react-core';
import BarsIcon from '@patternfly/react-icons/dist/esm/icons/bars-icon';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../parts/PageLink';
import type { Session } from '../rest/session';
import { Connection } from './Connection';
import { LanguageChoice, ThemeChoice } from './Choices';
import mark from './mark.svg';
import { UserMenu } from './UserMenu';
import { Waiting } from './Waiting';

export function Masthead({ session, navOpen, onToggleNav }: { session: Session; navOpen: boolean; onToggleNav: () => void }) {
  const { t } = useTranslation('frame');
  return (
    <Bar display={{ default: 'inline' }}>
      <MastheadMain>
        <MastheadToggle className="az-nav-toggle">
          <PageToggleButton aria-label={t('toggleNav')} isSidebarOpen={navOpen} onSidebarToggle={onToggleNav} id="nav-toggle"><BarsIcon /></PageToggleButton>
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={PageLink} href="/">
            <img src={mark} alt="" className="az-mark" /><span className="az-brand">{t('brand')}</span>
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }} variant="action-group-plain">
              <ToolbarItem><Connection /></ToolbarItem>
              <ToolbarItem><Waiting session={session} /></ToolbarItem>
              <ToolbarItem><LanguageChoice /></ToolbarItem>
              <ToolbarItem><ThemeChoice /></ToolbarItem>
              <ToolbarItem><UserMenu session={session} /></ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Bar>
  );
}
