import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../parts/Panel';
import { Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Standing } from '../rest/proofs';
import { useProven } from '../rest/questions';
import type { Protected } from './protected';

const SHOWN = 12;

/** When a drill proved any copy of it last. */
const newest = (proofs: Standing[], client: string, saveSet: string) =>
  proofs.filter((one) => one.client === client && one.saveSet === saveSet).map((one) => one.proven?.ended).filter((time) => time !== undefined).sort().at(-1);

/** Each save set with its last backup and the last restore that was proven, those that need a look first. */
export function ProtectedSets({ rows }: { rows: Protected[] }) {
  const { t } = useTranslation('overview');
  const proofs = useProven().data ?? [];
  return (
    <Panel title={t('sets')} more={<Link to="/protection">{t('toProtection')}</Link>}>
      <Table variant="compact" aria-label={t('sets')} className="az-table">
        <Thead>
          <Tr><Th>{t('set')}</Th><Th>{t('client')}</Th><Th>{t('state')}</Th><Th>{t('lastBackup')}</Th><Th>{t('proven')}</Th><Th className="az-number">{t('size')}</Th></Tr>
        </Thead>
        <Tbody>
          {rows.slice(0, SHOWN).map(({ client, saveSet, state, last }) => (
            <Tr key={`${client} ${saveSet}`}>
              <Td dataLabel={t('set')}><Link to={last ? `/restore?snapshot=${last.id}` : `/protection/save-sets/${encodeURIComponent(client)}/${encodeURIComponent(saveSet)}`}>{saveSet}</Link></Td>
              <Td dataLabel={t('client')}>{client}</Td>
              <Td dataLabel={t('state')}><StateLabel state={state} /></Td>
              <Td dataLabel={t('lastBackup')}><When time={last?.time} /></Td>
              <Td dataLabel={t('proven')}>{newest(proofs, client, saveSet) ? <When time={newest(proofs, client, saveSet)} /> : <Link to="/proof">{t('unproven')}</Link>}</Td>
              <Td dataLabel={t('size')} className="az-number">{last ? <Size bytes={last.bytes} /> : '–'}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
      {rows.length > SHOWN && <p><Link to="/protection">{t('allSets', { count: rows.length })}</Link></p>}
    </Panel>
  );
}
