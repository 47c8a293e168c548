import { Page, SkipToContent } from '@patternfly/react-core';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { Boundary } from '../parts/Boundary';
import { Loading } from '../parts/Loading';
import { listenToEvents } from '../rest/events';
import type { Session } from '../rest/session';
import { Masthead } from './Masthead';
import { Sidebar } from './Sidebar';
import { Standby } from './Standby';

/** Masthead, navigation and the page between them. One event stream serves all pages while somebody is signed in. */
export function Frame({ session, children }: { session: Session; children: ReactNode }) {
  const { t } = useTranslation('frame');
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  const page = pathname.split('/')[1];
  useEffect(listenToEvents, []);
  useEffect(() => setOpen(false), [pathname]);
  return (
    <Page
      mainContainerId="main"
      mainAriaLabel={t('main')}
      masthead={<Masthead session={session} navOpen={open} onToggleNav={() => setOpen(!open)} />}
      sidebar={<Sidebar open={open} page={page} />}
      skipToContent={<SkipToContent href="#main">{t('skip')}</SkipToContent>}
      isContentFilled
    >
      <Standby />
      <Boundary key={page}>
        <Suspense fallback={<Loading />}>{children}</Suspense>
      </Boundary>
    </Page>
  );
}
