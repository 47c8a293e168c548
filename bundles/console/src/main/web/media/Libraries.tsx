import { Alert, FormSelect, FormSelectOption, PageSection } from '@patternfly/react-core';
import TapeIcon from '@patternfly/react-icons/dist/esm/icons/tape-icon';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { Asked } from '../parts/Asked';
import { Nothing } from '../parts/Nothing';
import { LibraryView } from './LibraryView';
import { useLibraries } from '../rest/questions';
import { useLibrary, useNewsOfRobots } from './questions';

export function Libraries() {
  const { t } = useTranslation('media');
  const libraries = useLibraries();
  const { node, name } = useParams();
  const navigate = useNavigate();
  useNewsOfRobots();
  return (
    <PageSection isFilled>
      <Asked query={libraries}>
        {(all) => {
          const one = all.find((row) => row.name === name && row.node === node) ?? all[0];
          if (!one) return <Nothing title={t('noLibrary.title')} icon={TapeIcon} action={<Link to="/drivers">{t('noLibrary.action')}</Link>}>{t('noLibrary.text')}</Nothing>;
          return (
            <>
              {all.length > 1 && (
                <FormSelect className="az-choice" aria-label={t('library.choose')} value={`${one.node}/${one.name}`} onChange={(_, key) => void navigate(`/media/libraries/${key}`)}>
                  {all.map((row) => <FormSelectOption key={`${row.node}/${row.name}`} value={`${row.node}/${row.name}`} label={t('library.on', { name: row.name, node: row.node })} />)}
                </FormSelect>
              )}
              {one.state === 'failed' ? <Alert isInline variant="danger" title={one.problem} lang="en" /> : <Opened key={`${one.node}/${one.name}`} node={one.node} name={one.name} />}
            </>
          );
        }}
      </Asked>
    </PageSection>
  );
}

function Opened({ node, name }: { node: string; name: string }) {
  const library = useLibrary(name, node);
  return <Asked query={library}>{(one) => <LibraryView library={one} />}</Asked>;
}
