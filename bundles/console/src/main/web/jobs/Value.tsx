import { Link } from 'react-router';
import { useFound } from '../found/useFound';
import { Count, Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';

const SIZES = ['bytes', 'stored', 'freed', 'written', 'live', 'size'];

/** One value of a job's result, by its key: sizes, times and states as everywhere, snapshots and jobs as links, all else as it is. */
export function Value({ name, value }: { name: string; value: unknown }) {
  const found = useFound();
  if (value === null || value === undefined) return '–';
  if (name === 'snapshot') return <Link to={`/restore?snapshot=${value}`}><code>{String(value)}</code></Link>;
  if (name === 'job') return <Link to={`/jobs/${value}`}>{String(value)}</Link>;
  if (name === 'time') return <When time={String(value)} />;
  if (name === 'state' || name === 'outcome') return <StateLabel state={String(value)} />;
  if (typeof value === 'number') return SIZES.includes(name) ? <Size bytes={value} /> : <Count value={value} />;
  return name === 'reason' ? found(text(value)) : text(value);
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(text).join(', ');
  return typeof value === 'object' ? Object.values(value).map(text).join(' ') : String(value);
}
