import { Content, Flex, FlexItem, PageSection } from '@patternfly/react-core';
import HelpIcon from '@patternfly/react-icons/dist/esm/icons/outlined-question-circle-icon';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { helpAt } from '../frame/help';

/** Whether a page was shown before. */
let moved = false;

/** The one h1 of a page, which is its title in the browser, too; beside it the way to its page of the manual. @param actions stand at its right */
export function PageTitle({ children, text, actions }: { children: string; text?: ReactNode; actions?: ReactNode }) {
  const { t } = useTranslation('frame');
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // who follows a link by keys or ears is at the page's heading; who loads the page begins above it, and tabs keep the focus
    if (moved && !document.activeElement?.closest('.az-parts')) heading.current?.focus();
    moved = true;
  }, [pathname]);
  useEffect(() => { document.title = t('title', { page: children }); }, [t, children]);
  return (
    <PageSection>
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
        <FlexItem>
          <Flex columnGap={{ default: 'columnGapSm' }} alignItems={{ default: 'alignItemsCenter' }}>
            <Content component="h1" ref={heading} tabIndex={-1}>{children}</Content>
            <a className="az-manual" href={helpAt(pathname)} target="_blank" rel="noopener" aria-label={t('manual')} title={t('manual')}><HelpIcon /></a>
          </Flex>
          {text && <Content component="p">{text}</Content>}
        </FlexItem>
        {actions && <FlexItem>{actions}</FlexItem>}
      </Flex>
    </PageSection>
  );
}
