import { Grid, GridItem, PageSection } from '@patternfly/react-core';
import ShieldAltIcon from '@patternfly/react-icons/dist/esm/icons/shield-alt-icon';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { LinkButton } from '../parts/PageLink';
import { PageTitle } from '../parts/PageTitle';
import { Panel } from '../parts/Panel';
import { usePolicies, useSaveSets } from '../rest/questions';
import { PolicyTable } from './PolicyTable';
import { SaveSetTable } from './SaveSetTable';

export function ProtectionList() {
  const { t } = useTranslation('protection');
  const policies = usePolicies();
  const saveSets = useSaveSets();
  return (
    <>
      <PageTitle text={t('text')} actions={<LinkButton to="/protection/new">{t('new')}</LinkButton>}>{t('title')}</PageTitle>
      <PageSection isFilled>
        <Asked query={policies}>{(rules) => (
          <Asked query={saveSets}>{(sets) => (rules.length + sets.length === 0
            ? <Nothing title={t('none')} icon={ShieldAltIcon} action={<LinkButton to="/protection/new">{t('new')}</LinkButton>}>{t('noneText')}</Nothing>
            : (
              <Grid hasGutter>
                <GridItem span={12}><Panel title={t('policies')}>{rules.length === 0 ? <p>{t('noPolicies')}</p> : <PolicyTable policies={rules} />}</Panel></GridItem>
                <GridItem span={12}><Panel title={t('saveSets')}><SaveSetTable saveSets={sets} /></Panel></GridItem>
              </Grid>
            ))}
          </Asked>
        )}</Asked>
      </PageSection>
    </>
  );
}
