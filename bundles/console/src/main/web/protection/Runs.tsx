import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Lasted } from '../parts/Lasted';
import { StateLabel } from '../parts/StateLabel';
import { When } from '../parts/When';
import type { Policy } from '../rest/answers';

/** How a policy ran, the newest first. */
export function Runs({ runs }: { runs: Policy['last'] }) {
  const { t } = useTranslation('protection');
  if (runs.length === 0) return <p>{t('noRuns')}</p>;
  return (
    <Table variant="compact" aria-label={t('runs')} className="az-table">
      <Thead><Tr><Th>{t('due')}</Th><Th>{t('state')}</Th><Th>{t('begunBy')}</Th><Th className="az-number">{t('lasted')}</Th><Th>{t('why')}</Th></Tr></Thead>
      <Tbody>
        {runs.map((run) => (
          <Tr key={run.number}>
            <Td dataLabel={t('due')}><When time={run.due} /></Td>
            <Td dataLabel={t('state')}><StateLabel state={run.state} /></Td>
            <Td dataLabel={t('begunBy')}>{t(run.byHand ? 'byHand' : 'bySchedule')}</Td>
            <Td dataLabel={t('lasted')} className="az-number"><Lasted from={run.due} to={run.ended} /></Td>
            <Td dataLabel={t('why')}><span lang="en">{run.why ?? '–'}</span></Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  );
}
