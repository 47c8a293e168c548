import { EmptyState, EmptyStateActions, EmptyStateBody, EmptyStateFooter } from '@patternfly/react-core';
import type { ComponentType, ReactNode } from 'react';

/** Where nothing is yet: why, and the next step. */
export function Nothing({ title, icon, children, action }: { title: string; icon?: ComponentType; children: ReactNode; action?: ReactNode }) {
  return (
    <EmptyState titleText={title} headingLevel="h2" icon={icon} variant="sm">
      <EmptyStateBody>{children}</EmptyStateBody>
      {action && <EmptyStateFooter><EmptyStateActions>{action}</EmptyStateActions></EmptyStateFooter>}
    </EmptyState>
  );
}
