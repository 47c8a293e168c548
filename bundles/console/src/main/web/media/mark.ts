import type { Element } from '../rest/answers';

/** What is to be said of a place in one word; each has a sign, so that the colour alone says nothing. */
export const marks = ['empty', 'appendable', 'full', 'scratch', 'cleaning', 'other', 'trouble'] as const;
export type Mark = (typeof marks)[number];

export const signs: Record<Mark, string> = { empty: '', appendable: '+', full: '■', scratch: '○', cleaning: '~', other: '?', trouble: '!' };

/** Barcodes of cleaning cartridges begin so. */
export const isCleaning = (barcode: string | null) => barcode?.startsWith('CLN') ?? false;

export function markOf({ problem, content, barcode, state }: Element): Mark {
  if (problem) return 'trouble';
  if (content === 'empty') return 'empty';
  if (isCleaning(barcode)) return 'cleaning';
  switch (state) {
    case null: return 'other';
    case 'appendable': return 'appendable';
    case 'scratch': case 'expired': return 'scratch';
    case 'full': case 'locked': return 'full';
    default: return 'trouble';
  }
}
