import { Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** A part of a page with a heading. @param more stands at the right of it */
export function Panel({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  return (
    <Card isCompact isFullHeight component="section" className="az-panel">
      <CardHeader actions={more ? { actions: more, hasNoOffset: true } : undefined}><CardTitle component="h2">{title}</CardTitle></CardHeader>
      <CardBody>{children}</CardBody>
    </Card>
  );
}
