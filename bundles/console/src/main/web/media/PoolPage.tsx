import { Alert, Button, Flex, PageSection, Title } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { OnePool } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { Filled } from './Filled';
import { Lock } from './Lock';
import { OrderedJob } from './OrderedJob';
import { Remake } from './Remake';
import { Rules } from './Rules';
import { Thaw } from './Thaw';
import { VolumeTable } from './Volumes';
import { useOrder } from './questions';

export function PoolPage() {
  const { name } = useParams();
  const pool = useQuery({ queryKey: ['pools', name], queryFn: () => answer(api.GET('/pools/{name}', { params: { path: { name: name! } } })) });
  return <PageSection isFilled><Asked query={pool}>{(one) => <Known pool={one} />}</Asked></PageSection>;
}

function Known({ pool }: { pool: OnePool }) {
  const { t } = useTranslation('media');
  const navigate = useNavigate();
  const order = useOrder();
  const [removing, setRemoving] = useState(false);
  const inLibrary = pool.volumes.some((one) => one.barcode !== null);
  const cut = useMutation({
    mutationFn: () => answer(api.POST('/pools/{name}/cut', { params: { path: { name: pool.name } } })),
    onSuccess: () => void cache.invalidateQueries({ queryKey: ['pools'] }),
  });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/pools/{name}', { params: { path: { name: pool.name } } })),
    onSuccess: () => { void navigate('/media/pools'); void cache.invalidateQueries({ queryKey: ['pools'], exact: true }); },
  });
  return (
    <>
      <Title headingLevel="h2" className="az-before">{pool.name}</Title>
      <p className="az-before">{t('pools.onNode', { driver: pool.driver, device: pool.device as string, node: pool.node })}</p>
      <div className="az-before"><Filled used={pool.used} capacity={pool.capacity} /></div>
      {!inLibrary && <Remake pool={pool.name} />}
      <Flex className="az-before">
        {inLibrary && <Button variant="secondary" onClick={() => order.mutate({ kind: 'label', pool: pool.name })}>{t('pools.label')}</Button>}
        {inLibrary && <Button variant="secondary" onClick={() => cut.mutate()} isLoading={cut.isPending}>{t('pools.cut')}</Button>}
        <Button variant="secondary" onClick={() => order.mutate({ kind: 'verify', pool: pool.name, depth: 'checksums' })}>{t('one.verify')}</Button>
        <Button variant="secondary" onClick={() => order.mutate({ kind: 'prune', pool: pool.name })}>{t('pools.prune')}</Button>
        <Button variant="secondary" isDanger onClick={() => setRemoving(true)}>{t('pools.delete')}</Button>
      </Flex>
      {(order.isError || cut.isError || remove.isError) && <ProblemView thrown={order.error ?? cut.error ?? remove.error} />}
      {order.data && <OrderedJob id={order.data.id} kind={order.data.kind} />}
      {cut.data && <Alert isInline variant="success" title={t('pools.cutDone', { name: cut.data.name })} className="az-before" />}
      <VolumeTable volumes={pool.volumes} />
      <Lock pool={pool.name} />
      {inLibrary ? <Rules pool={pool.name} /> : <Thaw pool={pool} />}
      {removing && <Confirm danger title={t('pools.deleteTitle', { name: pool.name })} action={t('pools.delete')} onConfirm={() => remove.mutate()} onClose={() => setRemoving(false)}>{t('pools.deleteText')}</Confirm>}
    </>
  );
}
