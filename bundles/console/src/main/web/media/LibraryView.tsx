import { Alert, Button, Flex, FlexItem } from '@patternfly/react-core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Library } from '../rest/answers';
import { ProblemView } from '../parts/ProblemView';
import { Cabinet } from './Cabinet';
import { Inside } from './Inside';
import { Legend } from './Legend';
import { OrderedJob } from './OrderedJob';
import { useVolumes } from '../rest/questions';
import { useOrder } from './questions';

/** The drawn library, what is chosen in it, and what can be done with all of it. */
export function LibraryView({ library }: { library: Library }) {
  const { t } = useTranslation('media');
  const [chosen, setChosen] = useState<number | null>(null);
  const volumes = useVolumes();
  const order = useOrder();
  const of = { library: library.name, node: library.node };
  const fills = useMemo(() => new Map((volumes.data ?? []).flatMap((one) => (
    one.barcode && one.capacity > 0 && library.elements.some(({ barcode, volume }) => barcode === one.barcode && volume === one.label)
      ? [[one.barcode, Math.min(one.used / one.capacity, 1)] as const] : []))), [volumes.data, library.elements]);
  const element = library.elements.find((one) => one.address === chosen);
  const move = (from: number | string, to: number | string) => order.mutate({ kind: 'move', ...of, from: String(from), to: String(to) });
  return (
    <>
      <Flex className="az-before" alignItems={{ default: 'alignItemsCenter' }}>
        <FlexItem grow={{ default: 'grow' }}>{t('library.text', { driver: library.driver, node: library.node, location: library.location })}</FlexItem>
        <FlexItem><Button variant="secondary" onClick={() => order.mutate({ kind: 'inventory', ...of })}>{t('library.inventory')}</Button></FlexItem>
        <FlexItem><Button variant="secondary" onClick={() => order.mutate({ kind: 'import', library: library.name, node: library.node })}>{t('library.import')}</Button></FlexItem>
        <FlexItem><Link to="/media/labels">{t('library.labels')}</Link></FlexItem>
      </Flex>
      {order.isError && <ProblemView thrown={order.error} />}
      {order.data && <OrderedJob id={order.data.id} kind={order.data.kind} />}
      {library.elements.flatMap((one) => [...(one.problem ? [one.problem] : []), ...one.warnings]).slice(0, 5).map((text) => (
        <Alert key={text} isInline variant="warning" title={text} className="az-before" />
      ))}
      <Legend elements={library.elements} />
      <div className="az-library">
        <Cabinet library={library} fills={fills} chosen={chosen} onChoose={setChosen} onMove={move} />
        {element && <Inside key={element.address} library={library} element={element} onMove={(to) => move(element.address, to)} onOrder={(body) => order.mutate(body)} onClose={() => setChosen(null)} />}
      </div>
    </>
  );
}
