import { Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Value } from './Value';

const PAGE = 50;

/** Rows of a result, whatever their keys are: paths with reasons, packs with files, cartridges with what became of them. */
export function Named({ title, rows }: { title: string; rows: unknown[] }) {
  const { t } = useTranslation('jobs');
  const [shown, setShown] = useState(PAGE);
  const objects = rows.map((row) => (row !== null && typeof row === 'object' && !Array.isArray(row) ? (row as Record<string, unknown>) : { '': row }));
  const named = (key: string) => t(`results.${key}`, { defaultValue: key });
  // what may be long comes last
  const keys = [...new Set(objects.flatMap(Object.keys))].sort((a, b) => Number(a === 'files') - Number(b === 'files'));
  return (
    <section className="az-named">
      <h3>{t('titleCount', { title, count: rows.length })}</h3>
      <Table variant="compact" aria-label={title} className="az-table">
        {keys.some((key) => key !== '') && <Thead><Tr>{keys.map((key) => <Th key={key}>{named(key)}</Th>)}</Tr></Thead>}
        <Tbody>
          {objects.slice(0, shown).map((row, at) => <Tr key={at}>{keys.map((key) => <Td key={key} dataLabel={named(key)} modifier="breakWord"><Value name={key} value={row[key]} /></Td>)}</Tr>)}
        </Tbody>
      </Table>
      {rows.length > shown && <Button variant="link" onClick={() => setShown(shown + PAGE)}>{t('more', { count: rows.length - shown })}</Button>}
    </section>
  );
}
