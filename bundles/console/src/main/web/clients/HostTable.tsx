import { Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Size } from '../parts/Size';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Host } from '../rest/answers';
import { usePolicies, useSnapshots, useStatus } from '../rest/questions';
import { older } from './older';
import { Revoke } from './Revoke';

const state = (host: Host) => (host.revoked ? 'revoked' : host.connected ? 'connected' : 'away');

/** One row for each role of a host: what it last saved, and when it is next its turn. */
export function HostTable({ hosts }: { hosts: Host[] }) {
  const { t } = useTranslation('clients');
  return (
    <Table variant="compact" aria-label={t('title')} className="az-table">
      <Thead>
        <Tr>
          <Th>{t('name')}</Th><Th>{t('role')}</Th><Th>{t('state')}</Th><Th>{t('lastSeen')}</Th><Th>{t('version')}</Th><Th>{t('lastBackup')}</Th><Th>{t('nextRun')}</Th>
          <Th className="az-number">{t('used')}</Th><Th className="az-number">{t('quota')}</Th><Th>{t('expires')}</Th><Th screenReaderText={t('revoke')} />
        </Tr>
      </Thead>
      <Tbody>{hosts.map((host) => <Row key={`${host.role} ${host.name}`} host={host} />)}</Tbody>
    </Table>
  );
}

function Row({ host }: { host: Host }) {
  const { t } = useTranslation('clients');
  const client = host.role === 'client';
  // the appliance's own roles can't be revoked
  const status = useStatus().data;
  const local = status?.roles.some((one) => one.kind === 'server' && one.name === host.name) ?? true;
  const last = useSnapshots().data?.findLast((snapshot) => client && snapshot.client === host.name);
  const next = (usePolicies().data ?? []).filter((policy) => client && policy.saveSets.some((set) => set.client === host.name)).flatMap((policy) => policy.next?.[0] ?? []).sort()[0];
  return (
    <Tr>
      <Td dataLabel={t('name')}>{client ? <Link to={`/jobs?client=${encodeURIComponent(host.name)}`} title={t('itsJobs')}>{host.name}</Link> : host.name}</Td>
      <Td dataLabel={t('role')}>{t(`roles.${host.role}`)}</Td>
      <Td dataLabel={t('state')}><StateLabel state={state(host)} /></Td>
      <Td dataLabel={t('lastSeen')}>{host.connected ? t('here') : <When time={host.lastSeen} />}</Td>
      <Td dataLabel={t('version')}>{host.version ?? '–'} {older(host.version, status?.version) && <Label isCompact color="orange" title={t('olderText', { version: status?.version })}>{t('older')}</Label>}</Td>
      <Td dataLabel={t('lastBackup')}>{last ? <Link to={`/restore?snapshot=${last.id}`}><When time={last.time} /></Link> : '–'}</Td>
      <Td dataLabel={t('nextRun')}><When time={next} /></Td>
      <Td dataLabel={t('used')} className="az-number">{host.used === null ? '–' : <Size bytes={host.used} />}</Td>
      <Td dataLabel={t('quota')} className="az-number">{host.quota === null || host.quota < 0 ? t('noQuota') : <Size bytes={host.quota} />}</Td>
      <Td dataLabel={t('expires')}><When time={host.expires} /></Td>
      <Td>{!local && !host.revoked && <Revoke host={host} />}</Td>
    </Tr>
  );
}
