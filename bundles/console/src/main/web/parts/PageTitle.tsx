import { Content, Flex, FlexItem, PageSection } from '@patternfly/react-core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The one h1 of a page, which is its title in the browser, too. @param actions stand at its right */
export function PageTitle({ children, text, actions }: { children: string; text?: ReactNode; actions?: ReactNode }) {
  const { t } = useTranslation('frame');
  useEffect(() => { document.title = t('title', { page: children }); }, [t, children]);
  return (
    <PageSection>
      <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }} alignItems={{ default: 'alignItemsFlexStart' }}>
        <FlexItem>
          <Content component="h1">{children}</Content>
          {text && <Content component="p">{text}</Content>}
        </FlexItem>
        {actions && <FlexItem>{actions}</FlexItem>}
      </Flex>
    </PageSection>
  );
}
