import { Button, type ButtonProps } from '@patternfly/react-core';
import { forwardRef, type AnchorHTMLAttributes } from 'react';
import { Link } from 'react-router';

/** An anchor that goes to a page of this console without loading it anew, where PatternFly asks for a component. */
export const PageLink = forwardRef<HTMLAnchorElement, AnchorHTMLAttributes<HTMLAnchorElement>>(function PageLink({ href = '/', ...props }, ref) {
  return <Link ref={ref} to={href} {...props} />;
});

export function LinkButton({ to, ...props }: ButtonProps & { to: string }) {
  return <Button {...props} component={PageLink} href={to} />;
}
