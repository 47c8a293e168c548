import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { Facts } from '../parts/Facts';
import { asProblem } from '../rest/problem';
import { useDrivers, useStatus } from '../rest/questions';
import { Firmware, useFirmware } from './Firmware';

/** Which versions run here, and how newer ones come. */
export function Updates() {
  const { t } = useTranslation('settings');
  const status = useStatus();
  const drivers = useDrivers();
  const firmware = useFirmware();
  const packaged = firmware.isError && asProblem(firmware.error).code === 'firmware.unsupported';
  return (
    <>
      <Asked query={status}>{({ version }) => <Facts facts={[[t('updates.version'), version]]} />}</Asked>
      {packaged ? <p className="az-after">{t('updates.how')}</p> : <Firmware query={firmware} />}
      <p className="az-after az-before"><Link to="/drivers">{t('updates.drivers')}</Link></p>
      <Asked query={drivers}>
        {(all) => (
          <Table aria-label={t('updates.driver')} variant="compact" className="az-table">
            <Thead><Tr>{(['driver', 'version', 'node'] as const).map((column) => <Th key={column}>{t(`updates.${column}`)}</Th>)}</Tr></Thead>
            <Tbody>
              {all.map(({ name, version, node }) => (
                <Tr key={`${node} ${name}`}><Td dataLabel={t('updates.driver')}>{name}</Td><Td dataLabel={t('updates.version')}>{version}</Td><Td dataLabel={t('updates.node')}>{node}</Td></Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </Asked>
    </>
  );
}
