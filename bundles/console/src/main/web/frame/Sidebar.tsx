import { Nav, NavItem, NavList, PageSidebar, PageSidebarBody } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { PageLink } from '../parts/PageLink';
import { pages } from './pages';
import { useMedia } from './theme';

/** The one navigation. On a narrow screen it is open only when asked for. */
export function Sidebar({ open, page }: { open: boolean; page: string }) {
  const { t } = useTranslation('frame');
  const wide = useMedia('(min-width: 75rem)');
  return (
    <PageSidebar isSidebarOpen={wide || open} id="sidebar">
      <PageSidebarBody>
        <Nav aria-label={t('nav')}>
          <NavList>
            {pages.map(({ name, Icon }) => (
              <NavItem key={name} itemId={name} isActive={page === name} icon={<Icon />} component={PageLink} to={`/${name}`}>
                {t(`page.${name}`)}
              </NavItem>
            ))}
          </NavList>
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}
