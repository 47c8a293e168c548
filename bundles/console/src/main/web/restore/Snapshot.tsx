import { Button, Flex, FlexItem, PageSection } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { PageTitle } from '../parts/PageTitle';
import { SpreadLabel } from '../parts/StateLabel';
import type { OneSnapshot } from '../rest/answers';
import { CompareWith } from './CompareWith';
import { Copies } from './Copies';
import { Download } from './Download';
import { Entries } from './Entries';
import { Order } from './Order';
import { Way } from './Way';
import { Where } from './Where';
import { useSnapshot } from './questions';

/** One snapshot: its tree, and what can be done with what is chosen there. */
export function Snapshot() {
  const { id } = useParams();
  const snapshot = useSnapshot(id!);
  return <Asked query={snapshot}>{(one) => <Opened key={one.id} snapshot={one} />}</Asked>;
}

function Opened({ snapshot }: { snapshot: OneSnapshot }) {
  const { t, i18n } = useTranslation('restore');
  const [address, setAddress] = useSearchParams();
  const path = address.get('path') ?? start(snapshot.roots);
  const [chosen, setChosen] = useState<string[]>(address.has('file') ? [address.get('file')!] : []);
  const [open, setOpen] = useState<'order' | 'where' | null>(address.has('order') ? 'order' : null);
  const time = new Date(snapshot.time).toLocaleString(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  const what = chosen.length ? chosen : [path];
  return (
    <>
      <PageTitle text={t('snapshot.text', { saveSet: snapshot.saveSet, client: snapshot.client, time, pool: snapshot.pool })}>{t('snapshot.title', { saveSet: snapshot.saveSet })}</PageTitle>
      <PageSection isFilled>
        {snapshot.sealed ? <Nothing title={t('sealed.title')}>{t('sealed.text', { pool: snapshot.pool })}</Nothing> : (
          <>
            <Flex className="az-before" alignItems={{ default: 'alignItemsCenter' }}>
              <FlexItem grow={{ default: 'grow' }}><Way path={path} onGo={(next) => setAddress({ path: next })} /></FlexItem>
              {snapshot.spread && <FlexItem><SpreadLabel state={snapshot.spread.state} /></FlexItem>}
              <FlexItem><CompareWith snapshot={snapshot} /></FlexItem>
              <FlexItem><Button variant="secondary" onClick={() => setOpen('where')}>{t('where.action')}</Button></FlexItem>
              <FlexItem><Download id={snapshot.id} paths={what} /></FlexItem>
              <FlexItem>
                <Button onClick={() => setOpen('order')}>{chosen.length ? t('order.chosen', { count: chosen.length }) : t('order.all')}</Button>
              </FlexItem>
            </Flex>
            <Copies snapshot={snapshot} />
            <Entries id={snapshot.id} path={path} chosen={chosen} onChoose={setChosen} onGo={(next) => setAddress({ path: next })} />
          </>
        )}
      </PageSection>
      {open === 'where' && <Where id={snapshot.id} path={what[0]} onClose={() => setOpen(null)} />}
      {open === 'order' && <Order snapshot={snapshot} paths={what} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Where there is only one way to go, it is gone. */
const start = (roots: string[] | null) => (roots?.length === 1 ? roots[0] : '/');
