import { Title } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Size } from '../parts/Size';
import { When } from '../parts/When';
import type { CartridgeUse } from '../rest/answers';

/** What drives told of a cartridge; a dash where they told nothing. */
export function Mounts({ use }: { use: CartridgeUse }) {
  const { t } = useTranslation('media');
  const size = (bytes: number | null) => (bytes === null ? '–' : <Size bytes={bytes} />);
  return (
    <>
      <Title headingLevel="h3" className="az-after">{t('mounts.title')}</Title>
      {use.life && <p>{t('mounts.life', { mounts: use.life.mounts, loads: use.life.loads ?? '–' })}</p>}
      <Table aria-label={t('mounts.title')} variant="compact" className="az-table">
        <Thead><Tr>{(['drive', 'loaded', 'written', 'read', 'corrected', 'uncorrected'] as const).map((column) => <Th key={column}>{t(`mounts.${column}`)}</Th>)}</Tr></Thead>
        <Tbody>
          {use.mounts.map((one) => (
            <Tr key={`${one.drive} ${one.loaded}`}>
              <Td dataLabel={t('mounts.drive')}>{one.drive}</Td>
              <Td dataLabel={t('mounts.loaded')}><When time={one.loaded} /></Td>
              <Td dataLabel={t('mounts.written')}>{size(one.written)}</Td>
              <Td dataLabel={t('mounts.read')}>{size(one.read)}</Td>
              <Td dataLabel={t('mounts.corrected')}>{t('mounts.both', { written: one.writeCorrected ?? '–', read: one.readCorrected ?? '–' })}</Td>
              <Td dataLabel={t('mounts.uncorrected')}>{one.uncorrected ?? '–'}</Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
