import { Alert, List, ListItem } from '@patternfly/react-core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../parts/Loading';
import { ProblemView } from '../parts/ProblemView';
import { sizeText } from '../parts/Size';
import type { OneSnapshot } from '../rest/answers';
import { answer, api } from '../rest/api';
import type { Wish } from './OrderFields';
import { orderOf } from './Order';
import { useRestored } from './questions';
import { isArchived, Places } from './Where';

const LISTED = 100;

/** Orders a rehearsal; returns the number of its job. */
function useRehearsal(snapshot: OneSnapshot, paths: string[], wish: Wish) {
  const [job, setJob] = useState<number>();
  const [refused, setRefused] = useState<unknown>();
  useEffect(() => {
    let gone = false;
    answer(api.POST('/jobs', { body: orderOf(snapshot, paths, wish, true) })).then((made) => { if (!gone) setJob(made.id); }, (thrown: unknown) => setRefused(thrown));
    return () => { gone = true; };
    // a rehearsal is of what was asked when the button was pressed
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return { refused, ...useRestored(job) };
}

/**
 * What a restore would do, and what it takes to read what lies away, told by two rehearsals on the client itself: one as it is wished, and one that overwrites nothing; what only the second leaves
 * alone is there now and would be overwritten.
 *
 * @param onArchived some of it lies in an archive
 */
export function Preview({ snapshot, paths, wish, onArchived }: { snapshot: OneSnapshot; paths: string[]; wish: Wish; onArchived: () => void }) {
  const { t, i18n } = useTranslation('restore');
  const wished = useRehearsal(snapshot, paths, wish);
  const careful = useRehearsal(snapshot, paths, { ...wish, overwrite: 'never' });
  const lying = wished.result.data?.lying ?? [];
  const archived = lying.some(isArchived);
  useEffect(() => { if (archived) onArchived(); }, [archived, onArchived]);
  const wrong = wished.refused ?? careful.refused ?? wished.result.error ?? careful.result.error;
  if (wrong) return <ProblemView thrown={wrong} />;
  const failed = [wished, careful].find((one) => one.ended && !['done', 'warned'].includes(one.job.data!.state));
  if (failed) return <Alert isInline variant="danger" title={t('preview.failed')}>{failed.job.data!.error}</Alert>;
  if (!wished.result.data || !careful.result.data) return <Loading />;
  const kept = new Set(wished.result.data.notRestored.map((one) => one.path));
  const lost = careful.result.data.notRestored.filter((one) => !kept.has(one.path));
  const { files, bytes, notRestored } = wished.result.data;
  return (
    <div className="az-after" role="status">
      <Alert isInline variant={lost.length ? 'warning' : 'info'} title={t('preview.title', { count: files, size: sizeText(bytes, i18n.language) })}>
        {lost.length > 0 && <Named title={t('preview.overwritten', { count: lost.length })} names={lost.map((one) => one.path)} />}
        {notRestored.length > 0 && <Named title={t('preview.left', { count: notRestored.length })} names={notRestored.map((one) => t('preview.because', { path: one.path, reason: one.reason }))} />}
        {lost.length === 0 && notRestored.length === 0 && <p>{t('preview.clear')}</p>}
      </Alert>
      {lying.some(({ there, cost }) => !there || cost > 0) && <div className="az-after"><Places rows={lying} /></div>}
    </div>
  );
}

function Named({ title, names }: { title: string; names: string[] }) {
  const { t } = useTranslation('restore');
  return (
    <details open={names.length <= 10}>
      <summary>{title}</summary>
      <List isPlain>{names.slice(0, LISTED).map((name) => <ListItem key={name} className="az-path">{name}</ListItem>)}</List>
      {names.length > LISTED && <p>{t('preview.andMore', { count: names.length - LISTED })}</p>}
    </details>
  );
}
