import { Navigate } from 'react-router';
import { Asked } from '../parts/Asked';
import type { Session } from '../rest/session';
import { useSaveSets, useSnapshots } from '../rest/questions';

/** Where nothing is protected yet, whoever can change that begins there; everybody else looks at how things are. */
export function Home({ session }: { session: Session }) {
  const saveSets = useSaveSets();
  const snapshots = useSnapshots();
  if (session.caller.role !== 'admin' || session.caller.clients.length > 0) return <Navigate to="/overview" replace />;
  return (
    <Asked query={saveSets}>{(sets) => (
      <Asked query={snapshots}>{(all) => <Navigate to={sets.length + all.length === 0 ? '/begin' : '/overview'} replace />}</Asked>
    )}</Asked>
  );
}
