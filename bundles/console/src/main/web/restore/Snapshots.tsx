import { Card, CardBody, CardTitle, PageSection } from '@patternfly/react-core';
import HistoryIcon from '@patternfly/react-icons/dist/esm/icons/history-icon';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { PageTitle } from '../parts/PageTitle';
import type { Snapshot } from '../rest/answers';
import { SearchBox } from './SearchBox';
import { SnapshotTable } from './SnapshotTable';
import { Timeline } from './Timeline';
import { useSnapshots } from '../rest/questions';

export interface Lane {
  client: string;
  saveSet: string;
  /** Oldest first. */
  snapshots: Snapshot[];
}

export function lanesOf(snapshots: Snapshot[]): Lane[] {
  const lanes = new Map<string, Lane>();
  for (const one of snapshots) {
    const key = `${one.client}/${one.saveSet}`;
    if (!lanes.has(key)) lanes.set(key, { client: one.client, saveSet: one.saveSet, snapshots: [] });
    lanes.get(key)!.snapshots.push(one);
  }
  return [...lanes.values()].sort((a, b) => a.client.localeCompare(b.client) || a.saveSet.localeCompare(b.saveSet));
}

/** What there is to restore: a line in time for each save set, and the days of the one that is looked at. */
export function Snapshots() {
  const { t } = useTranslation('restore');
  const snapshots = useSnapshots();
  const [chosen, choose] = useSearchParams();
  return (
    <>
      <PageTitle text={t('intro')}>{t('title')}</PageTitle>
      <PageSection><SearchBox /></PageSection>
      <PageSection isFilled>
        <Asked query={snapshots}>
          {(all) => {
            const lanes = lanesOf(all);
            const lane = lanes.find((one) => one.client === chosen.get('client') && one.saveSet === chosen.get('saveSet')) ?? lanes[0];
            if (!lane) return <Nothing title={t('none.title')} icon={HistoryIcon} action={<Link to="/protection">{t('none.action')}</Link>}>{t('none.text')}</Nothing>;
            return (
              <>
                <Timeline lanes={lanes} chosen={lane} onChoose={({ client, saveSet }) => choose({ client, saveSet })} />
                <Card className="az-after">
                  <CardTitle component="h2">{t('of', { saveSet: lane.saveSet, client: lane.client })}</CardTitle>
                  <CardBody><SnapshotTable snapshots={lane.snapshots.toReversed()} /></CardBody>
                </Card>
              </>
            );
          }}
        </Asked>
      </PageSection>
    </>
  );
}
