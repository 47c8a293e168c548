import { Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Size } from '../parts/Size';
import { answer, api } from '../rest/api';
import type { HostDisk } from '../rest/firmware';

const columns = ['disk', 'model', 'size', 'health', 'temperature', 'errors', 'used'] as const;

/** What the disks of a dedicated appliance say of their health; alerts tell of it, too. */
export function Disks() {
  const { t } = useTranslation('settings');
  const disks = useQuery({ queryKey: ['firmware', 'disks'], queryFn: () => answer(api.GET('/firmware/disks')) });
  const health = (disk: HostDisk) => [t(`disks.${disk.health}`), disk.erring && t('disks.erring'), disk.worn && t('disks.worn'), disk.hot && t('disks.hot')].filter(Boolean).join(', ');
  return (
    <Asked query={disks}>
      {({ disks: all }) => (
        <>
          <Title headingLevel="h2" className="az-after az-before">{t('disks.title')}</Title>
          {all.length === 0 ? <p className="az-before">{t('disks.none')}</p> : (
            <Table aria-label={t('disks.title')} variant="compact" className="az-table">
              <Thead><Tr>{columns.map((column) => <Th key={column}>{t(`disks.${column}`)}</Th>)}</Tr></Thead>
              <Tbody>
                {all.map((disk) => (
                  <Tr key={`${disk.device} ${disk.serial}`}>
                    <Td dataLabel={t('disks.disk')}>{disk.device}</Td>
                    <Td dataLabel={t('disks.model')}>{[disk.model, disk.serial].filter(Boolean).join(', ')}</Td>
                    <Td dataLabel={t('disks.size')}>{disk.bytes === null ? '' : <Size bytes={disk.bytes} />}</Td>
                    <Td dataLabel={t('disks.health')}>{health(disk)}</Td>
                    <Td dataLabel={t('disks.temperature')}>{disk.temperature === null ? '' : `${disk.temperature} °C`}</Td>
                    <Td dataLabel={t('disks.errors')}>{disk.errors ?? ''}</Td>
                    <Td dataLabel={t('disks.used')}>{disk.used === null ? '' : `${disk.used} %`}</Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          )}
        </>
      )}
    </Asked>
  );
}
