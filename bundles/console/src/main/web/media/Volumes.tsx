import { PageSection, ToggleGroup, ToggleGroupItem } from '@patternfly/react-core';
import TapeIcon from '@patternfly/react-icons/dist/esm/icons/tape-icon';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { StateLabel } from '../parts/StateLabel';
import type { Volume } from '../rest/answers';
import { Filled } from './Filled';
import { useVolumes } from '../rest/questions';

/** All media that the catalog knows; `?pool=` and `?state=` in the address narrow the list. */
export function Volumes() {
  const { t } = useTranslation('media');
  const volumes = useVolumes();
  const [address, setAddress] = useSearchParams();
  const [pool, state] = [address.get('pool'), address.get('state')];
  return (
    <PageSection isFilled>
      <Asked query={volumes}>
        {(all) => {
          if (all.length === 0) return <Nothing title={t('volumes.none')} icon={TapeIcon}>{t('volumes.noneText')}</Nothing>;
          const states = [...new Set(all.map((one) => one.state))].sort();
          const shown = all.filter((one) => (pool === null || one.pool === pool) && (state === null || one.state === state));
          return (
            <>
              {states.length > 1 && (
                <ToggleGroup aria-label={t('volumes.byState')} className="az-before">
                  <ToggleGroupItem text={t('volumes.all')} isSelected={state === null} onChange={() => setAddress(pool ? { pool } : {})} />
                  {states.map((one) => <ToggleGroupItem key={one} text={<StateLabel state={one} />} isSelected={state === one} onChange={() => setAddress({ ...(pool && { pool }), state: one })} />)}
                </ToggleGroup>
              )}
              <VolumeTable volumes={shown} />
            </>
          );
        }}
      </Asked>
    </PageSection>
  );
}

export function VolumeTable({ volumes }: { volumes: Volume[] }) {
  const { t } = useTranslation('media');
  return (
    <Table aria-label={t('part.volumes')} variant="compact" className="az-table">
      <Thead><Tr>{(['label', 'barcode', 'pool', 'set', 'state', 'used', 'location'] as const).map((column) => <Th key={column}>{t(`volumes.${column}`)}</Th>)}</Tr></Thead>
      <Tbody>
        {volumes.map((one) => (
          <Tr key={`${one.label} ${one.location}`}>
            <Td dataLabel={t('volumes.label')}><Link to={`/media/volumes/${encodeURIComponent(one.label)}`}>{one.label}</Link></Td>
            <Td dataLabel={t('volumes.barcode')}>{one.barcode ?? '–'}</Td>
            <Td dataLabel={t('volumes.pool')}>{one.pool ? <Link to={`/media/pools/${one.pool}`}>{one.pool}</Link> : '–'}</Td>
            <Td dataLabel={t('volumes.set')}>{one.set === null ? '–' : t('volumes.inSet', { set: one.set, number: one.number })}</Td>
            <Td dataLabel={t('volumes.state')}><StateLabel state={one.state} />{one.why && <div className="az-help">{one.why}</div>}</Td>
            <Td dataLabel={t('volumes.used')}><Filled used={one.used} capacity={one.capacity} /></Td>
            <Td dataLabel={t('volumes.location')} modifier="breakWord">{one.location ?? '–'}</Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
