import { Alert, Button, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm, Flex, PageSection, Title } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { OneVolume as Volume } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { Filled } from './Filled';
import { Mounts } from './Mounts';
import { OrderedJob } from './OrderedJob';
import { useOrder, useVolume } from './questions';

export function OneVolume() {
  const { name } = useParams();
  const volume = useVolume(name!);
  return <PageSection isFilled><Asked query={volume}>{(one) => <Known volume={one} />}</Asked></PageSection>;
}

function Known({ volume }: { volume: Volume }) {
  const { t } = useTranslation('media');
  const order = useOrder();
  const change = useMutation({
    mutationFn: (to: 'lock' | 'unlock' | 'accept') => answer(to === 'lock'
      ? api.POST('/volumes/{name}/lock', { params: { path: { name: volume.label } }, body: {} })
      : api.POST(`/volumes/{name}/${to}`, { params: { path: { name: volume.label } } })),
    onSuccess: (now) => { cache.setQueryData(['volumes', volume.label], now); void cache.invalidateQueries({ queryKey: ['volumes'], exact: true }); },
  });
  const { state, use } = volume;
  const facts = [
    [t('volumes.state'), <StateLabel state={state} />], [t('volumes.used'), <Filled used={volume.used} capacity={volume.capacity} />], [t('volumes.barcode'), volume.barcode], [t('volumes.pool'), volume.pool],
    [t('volumes.location'), volume.location], [t('one.packs'), volume.packs], [t('one.labelled'), <When time={volume.labelled} />], [t('one.written'), <When time={volume.written} />],
    [t('one.unread'), <When time={volume.unread} />], [t('one.errors'), volume.errors],
  ] as const;
  return (
    <>
      <Title headingLevel="h2" className="az-before">{volume.label}</Title>
      {volume.why && <Alert isInline variant="info" title={volume.why} className="az-before" />}
      {use?.warnings.map((text) => <Alert key={text} isInline variant="warning" title={text} className="az-before" />)}
      <Flex className="az-before">
        {state === 'locked' ? <Button variant="secondary" onClick={() => change.mutate('unlock')}>{t('one.unlock')}</Button> : <Button variant="secondary" onClick={() => change.mutate('lock')}>{t('one.lock')}</Button>}
        {(state === 'suspect' || state === 'quarantined') && <Button variant="secondary" onClick={() => change.mutate('accept')}>{t('one.accept')}</Button>}
        <Button variant="secondary" onClick={() => order.mutate({ kind: 'verify', volume: volume.label, depth: 'checksums' })}>{t('one.verify')}</Button>
        {volume.barcode && <Button variant="secondary" onClick={() => order.mutate({ kind: 'export', volumes: [volume.label] })}>{t('inside.export')}</Button>}
        {volume.barcode && <Button variant="secondary" onClick={() => order.mutate({ kind: 'repack', volumes: [volume.label] })}>{t('one.repack')}</Button>}
      </Flex>
      {(change.isError || order.isError) && <ProblemView thrown={change.error ?? order.error} />}
      {order.data && <OrderedJob id={order.data.id} kind={order.data.kind} />}
      <DescriptionList isHorizontal isCompact columnModifier={{ lg: '2Col' }}>
        {facts.filter(([, fact]) => fact !== null).map(([term, fact]) => (
          <DescriptionListGroup key={term}><DescriptionListTerm>{term}</DescriptionListTerm><DescriptionListDescription>{fact}</DescriptionListDescription></DescriptionListGroup>
        ))}
      </DescriptionList>
      {use && <Mounts use={use} />}
    </>
  );
}
