import { Alert, Modal, ModalBody, ModalHeader } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { spanText } from '../parts/Lasted';
import { Count, Size } from '../parts/Size';
import type { Lying } from '../rest/answers';
import { useWhere } from './questions';

/** On which volumes a path lies, and which of them somebody has to bring. */
export function Where({ id, path, onClose }: { id: string; path: string; onClose: () => void }) {
  const { t } = useTranslation('restore');
  const where = useWhere(id, path);
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="where-title">
      <ModalHeader title={t('where.title')} labelId="where-title" description={path} />
      <ModalBody><Asked query={where}>{(rows) => <Places rows={rows} />}</Asked></ModalBody>
    </Modal>
  );
}

/** Whether it lies in the archive of a cloud: no cartridge is away, and nothing can be read yet. */
export const isArchived = ({ there, barcode, waits }: Lying) => !there && barcode === null && waits !== null;

export function Places({ rows }: { rows: Lying[] }) {
  const { t, i18n } = useTranslation('restore');
  const away = rows.filter((row) => !row.there && !isArchived(row));
  const takes = ({ waits, cost }: Lying) => [waits && t('where.waits', { time: spanText(waits, i18n.language) }), cost > 0 && t('where.cost', { cost: cost.toLocaleString(i18n.language, { maximumSignificantDigits: 3 }) })].filter(Boolean);
  return (
    <>
      {away.length > 0 && <Alert isInline variant="warning" title={t('where.away', { names: away.map((row) => row.barcode ?? row.volume).join(', ') })} className="az-before" />}
      {rows.some(isArchived) && <Alert isInline variant="warning" title={t('where.archived')} className="az-before">{t('where.archivedText')}</Alert>}
      <Table aria-label={t('where.title')} variant="compact" className="az-table">
        <Thead><Tr><Th>{t('where.volume')}</Th><Th>{t('where.pool')}</Th><Th>{t('where.place')}</Th><Th>{t('where.there')}</Th><Th modifier="fitContent">{t('where.files')}</Th><Th modifier="fitContent">{t('where.size')}</Th></Tr></Thead>
        <Tbody>
          {rows.map((row) => (
            <Tr key={`${row.pool} ${row.volume} ${row.barcode}`}>
              <Td dataLabel={t('where.volume')}>{row.barcode ? t('where.cartridge', { barcode: row.barcode, volume: row.volume }) : row.volume}</Td>
              <Td dataLabel={t('where.pool')}>{row.pool}</Td>
              <Td dataLabel={t('where.place')}><span lang="en">{row.place}</span></Td>
              <Td dataLabel={t('where.there')}>{t(row.there ? 'where.yes' : isArchived(row) ? 'where.inArchive' : 'where.no')}{takes(row).map((text) => <div key={text as string} className="az-help">{text}</div>)}</Td>
              <Td dataLabel={t('where.files')}><Count value={row.files} /></Td>
              <Td dataLabel={t('where.size')}><Size bytes={row.bytes} /></Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </>
  );
}
