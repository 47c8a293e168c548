import type { ReactNode } from 'react';

/** A few large figures side by side. */
export function FigureRow({ children }: { children: ReactNode }) {
  return <dl className="az-figures">{children}</dl>;
}

/** @param note what the figure means, small below it */
export function Figure({ name, children, note }: { name: string; children: ReactNode; note?: ReactNode }) {
  return (
    <div className="az-figure">
      <dt>{name}</dt>
      <dd className="az-figure-value">{children}</dd>
      {note && <dd className="az-figure-note">{note}</dd>}
    </div>
  );
}
