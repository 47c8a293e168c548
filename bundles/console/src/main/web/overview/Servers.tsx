import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Panel } from '../parts/Panel';
import { StateLabel } from '../parts/StateLabel';
import { useNow, When } from '../parts/When';
import type { Server } from '../rest/answers';
import { own } from '../rest/own';

/** Who leads, who stands by and of whom nothing was heard of those that share the catalog. */
export function Servers({ servers }: { servers: Server[] }) {
  const { t } = useTranslation('overview');
  const now = useNow(30_000).getTime();
  const here = own(servers);
  const since = ({ state, since: begun, silent }: Server) => (state === 'silent' ? new Date(now - silent * 1_000).toISOString() : begun);
  return (
    <Panel title={t('servers')}>
      <Table aria-label={t('servers')} variant="compact" className="az-table">
        <Thead><Tr><Th>{t('server')}</Th><Th>{t('state')}</Th><Th>{t('since')}</Th></Tr></Thead>
        <Tbody>
          {servers.map((one) => (
            <Tr key={one.name + one.url}>
              <Td dataLabel={t('server')}>{one === here || !one.url ? one.name : <a href={one.url}>{one.name}</a>}{one === here && <div className="az-help">{t('thisServer')}</div>}</Td>
              <Td dataLabel={t('state')}><StateLabel state={one.state} /></Td>
              <Td dataLabel={t('since')}><When time={since(one)} /></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </Panel>
  );
}
