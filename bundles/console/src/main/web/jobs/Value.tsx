import { Link } from 'react-router';
import { useFound } from '../found/useFound';
import { Count, Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';

/** More of them are shown when they are asked for. */
const FEW = 3;
const LISTED = 200;
const SIZES = ['bytes', 'stored', 'freed', 'written', 'live', 'size'];

/** One value of a job's result, by its key: sizes, times and states as everywhere, snapshots and jobs as links, all else as it is. */
export function Value({ name, value }: { name: string; value: unknown }) {
  const found = useFound();
  if (value === null || value === undefined) return '–';
  if (name === 'snapshot') return <Snapshot id={String(value)} />;
  if (name === 'snapshots' && Array.isArray(value)) return <>{value.slice(0, FEW).map((id) => <Snapshot key={id} id={id} />)}{value.length > FEW && `… (${value.length})`}</>;
  if (name === 'job') return <Link to={`/jobs/${value}`}>{String(value)}</Link>;
  if (name === 'time') return <When time={String(value)} />;
  if (name === 'state' || name === 'outcome') return <StateLabel state={String(value)} />;
  if (Array.isArray(value) && value.length > FEW) return <details><summary><Count value={value.length} /></summary><ul className="az-paths">{value.slice(0, LISTED).map((one, at) => <li key={at}>{text(one)}</li>)}</ul></details>;
  if (typeof value === 'number') return SIZES.includes(name) ? <Size bytes={value} /> : <Count value={value} />;
  return name === 'reason' ? found(text(value)) : text(value);
}

/** Known by the first digits of its id. */
function Snapshot({ id }: { id: string }) {
  return <Link to={`/restore?snapshot=${id}`} title={id}><code>{id.slice(0, 12)}</code></Link>;
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.map(text).join(', ');
  return typeof value === 'object' ? Object.values(value).map(text).join(' ') : String(value);
}
