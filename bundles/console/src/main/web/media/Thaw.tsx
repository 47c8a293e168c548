import { Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemView } from '../parts/ProblemView';
import type { OnePool, Thaw as Way } from '../rest/answers';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';

/** How soon what lies in a pool's archive is wanted where nobody says it. */
export function Thaw({ pool }: { pool: OnePool }) {
  const { t } = useTranslation('media');
  const change = useMutation({
    mutationFn: (thaw: Way) => answer(api.PATCH('/pools/{name}', { params: { path: { name: pool.name } }, body: { thaw } })),
    onSuccess: (now) => cache.setQueryData(['pools', pool.name], now),
  });
  return (
    <Form className="az-after" isWidthLimited>
      <FormGroup label={t('thaw.label')} fieldId="thaw">
        <FormSelect id="thaw" value={pool.thaw} onChange={(_, way) => change.mutate(way as Way)} aria-describedby="thaw-help">
          {(['cheap', 'usual', 'fast'] as const).map((way) => <FormSelectOption key={way} value={way} label={t(`thaw.${way}`)} />)}
        </FormSelect>
        <FormHelperText><HelperText id="thaw-help"><HelperTextItem>{t('thaw.help')}</HelperTextItem></HelperText></FormHelperText>
      </FormGroup>
      {change.isError && <ProblemView thrown={change.error} />}
    </Form>
  );
}
