import { Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Asked } from '../parts/Asked';
import { When } from '../parts/When';
import { useStays } from './questions';

const SHOWN = 40;

/** The snapshots that a policy has a say in: which rules want each, whether it is pinned or locked, and which goes next. */
export function Stays({ policy }: { policy: string }) {
  const { t } = useTranslation('protection');
  return (
    <Asked query={useStays(policy)}>{(stays) => (stays.length === 0 ? <p>{t('noStays')}</p> : (
      <>
        <Table variant="compact" aria-label={t('stays')} className="az-table">
          <Thead><Tr><Th>{t('made')}</Th><Th>{t('saveSets')}</Th><Th>{t('keptBy')}</Th><Th>{t('heldBy')}</Th></Tr></Thead>
          <Tbody>
            {stays.slice(-SHOWN).reverse().map((one) => (
              <Tr key={one.id}>
                <Td dataLabel={t('made')}><Link to={`/restore?snapshot=${one.id}`}><When time={one.time} /></Link></Td>
                <Td dataLabel={t('saveSets')}>{one.client}/{one.saveSet}</Td>
                <Td dataLabel={t('keptBy')}>{one.expires ? <Label isCompact color="orange">{t('goes')}</Label> : one.keeps.map((why) => ruleText(t, why)).join(', ') || t('keepAll')}</Td>
                <Td dataLabel={t('heldBy')}>
                  {one.pinned && <Label isCompact color="blue">{t('pinned')} {one.pinned.why}</Label>} {one.lockedUntil && <Label isCompact color="grey">{t('locked')} <When time={one.lockedUntil} /></Label>}
                  {!one.pinned && !one.lockedUntil && '–'}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
        {stays.length > SHOWN && <p className="az-help">{t('olderStays', { count: stays.length - SHOWN })}</p>}
      </>
    ))}</Asked>
  );
}

/** A reason like `daily 2026-11-24`, its rule in the language of the page. */
function ruleText(t: TFunction<'protection'>, why: string) {
  const [rule, ...rest] = why.split(' ');
  return [t(`rule.${rule}`, { defaultValue: rule }), ...rest].join(' ');
}
