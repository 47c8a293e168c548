import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import { useHosts } from '../rest/questions';

/** Until when hosts are known by their certificates; each renews its own while it is connected. */
export function Certificates() {
  const { t } = useTranslation('settings');
  const hosts = useHosts();
  return (
    <>
      <p className="az-before">{t('certificates.text')}</p>
      <Asked query={hosts}>
        {(all) => (
          <Table aria-label={t('part.certificates')} variant="compact" className="az-table">
            <Thead><Tr>{(['host', 'role', 'state', 'expires'] as const).map((column) => <Th key={column}>{t(`certificates.${column}`)}</Th>)}</Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={`${one.role} ${one.name}`}>
                  <Td dataLabel={t('certificates.host')}>{one.name}</Td>
                  <Td dataLabel={t('certificates.role')}>{t(`certificates.${one.role}`)}</Td>
                  <Td dataLabel={t('certificates.state')}><StateLabel state={one.revoked ? 'revoked' : one.connected ? 'connected' : 'away'} /></Td>
                  <Td dataLabel={t('certificates.expires')}><When time={one.expires} /></Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
    </>
  );
}
