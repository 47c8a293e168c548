import { Button, Flex } from '@patternfly/react-core';
import PluggedIcon from '@patternfly/react-icons/dist/esm/icons/plugged-icon';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { Confirm } from '../parts/Confirm';
import { Nothing } from '../parts/Nothing';
import { ProblemView } from '../parts/ProblemView';
import { StateLabel } from '../parts/StateLabel';
import type { Device } from '../rest/answers';
import { useDevices } from '../rest/questions';
import { Budget } from './Budget';
import { DeviceSettings } from './DeviceSettings';
import { NewDevice } from './NewDevice';
import { useDeviceOrder } from './questions';

export function Devices() {
  const { t } = useTranslation('drivers');
  const devices = useDevices();
  const [making, setMaking] = useState(false);
  const [changing, setChanging] = useState<Device | null>(null);
  const [bounding, setBounding] = useState<Device | null>(null);
  const [leaving, setLeaving] = useState<Device | null>(null);
  const test = useDeviceOrder('test');
  const remove = useDeviceOrder('remove');
  return (
    <>
      <Button className="az-before" onClick={() => setMaking(true)}>{t('devices.add')}</Button>
      {(test.isError || remove.isError) && <ProblemView thrown={test.error ?? remove.error} />}
      <Asked query={devices}>
        {(all) => (all.length === 0 ? <Nothing title={t('devices.none')} icon={PluggedIcon}>{t('devices.noneText')}</Nothing> : (
          <Table aria-label={t('devices.title')} variant="compact" className="az-table">
            <Thead><Tr>{(['name', 'driver', 'node', 'state', 'location', 'pools'] as const).map((column) => <Th key={column}>{t(`devices.${column}`)}</Th>)}<Th screenReaderText={t('devices.actions')} /></Tr></Thead>
            <Tbody>
              {all.map((one) => (
                <Tr key={`${one.node} ${one.name}`}>
                  <Td dataLabel={t('devices.name')}>{one.name}</Td>
                  <Td dataLabel={t('devices.driver')}>{one.driver}</Td>
                  <Td dataLabel={t('devices.node')}>{one.node}</Td>
                  <Td dataLabel={t('devices.state')}>
                    <StateLabel state={one.state} />{one.problem && <div className="az-help">{one.problem}</div>}
                    {test.isSuccess && test.variables === one && <div role="status" className="az-help">{t('devices.passed')}</div>}
                  </Td>
                  <Td dataLabel={t('devices.location')}><span className="az-path">{one.location}</span></Td>
                  <Td dataLabel={t('devices.pools')}>{one.pools.map((pool) => <Link key={pool} to={`/media/pools/${pool}`}>{pool}</Link>)}</Td>
                  <Td>
                    <Flex columnGap={{ default: 'columnGapMd' }}>
                      <Button variant="link" isInline aria-label={t('devices.changeOne', { name: one.name })} onClick={() => setChanging(one)}>{t('devices.change')}</Button>
                      {one.use && <Button variant="link" isInline aria-label={t('devices.budgetOne', { name: one.name })} onClick={() => setBounding(one)}>{t('devices.budget')}</Button>}
                      <Button variant="link" isInline aria-label={t('devices.testOne', { name: one.name })} isLoading={test.isPending && test.variables === one} onClick={() => test.mutate(one)}>{t('devices.test')}</Button>
                      <Button variant="link" isInline isDanger aria-label={t('devices.removeOne', { name: one.name })} onClick={() => setLeaving(one)}>{t('devices.remove')}</Button>
                    </Flex>
                  </Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        ))}
      </Asked>
      {making && <NewDevice onClose={() => setMaking(false)} />}
      {changing && <DeviceSettings device={changing} onClose={() => setChanging(null)} />}
      {bounding && <Budget device={bounding} onClose={() => setBounding(null)} />}
      {leaving && (
        <Confirm danger title={t('devices.removeTitle', { name: leaving.name })} action={t('devices.remove')} onConfirm={() => remove.mutate(leaving)} onClose={() => setLeaving(null)}>{t('devices.removeText')}</Confirm>
      )}
    </>
  );
}
