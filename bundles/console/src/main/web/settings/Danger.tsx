import { Form, FormGroup, FormSelect, FormSelectOption, Title } from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Asked } from '../parts/Asked';
import { ProblemView } from '../parts/ProblemView';
import type { DangerRule } from '../rest/access';
import { answer, api } from '../rest/api';
import { cache } from '../rest/cache';
import { Requests } from './Requests';

const HOURS = [0, 1, 8, 24, 72, 168];

/** What dangerous acts wait for, and those that do. To ask for less is one itself. */
export function Danger() {
  const { t } = useTranslation('settings');
  const rule = useQuery({ queryKey: ['rule'], queryFn: () => answer(api.GET('/rule')) });
  const change = useMutation({
    mutationFn: (wanted: Partial<DangerRule>) => answer(api.POST('/rule', { body: wanted })),
    onSuccess: (now) => cache.setQueryData(['rule'], now),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['requests'] }),
  });
  return (
    <>
      <p className="az-before">{t('danger.text')}</p>
      <Asked query={rule}>
        {({ persons, delay }) => (
          <Form isWidthLimited>
            <FormGroup label={t('danger.persons')} fieldId="persons">
              <FormSelect id="persons" value={persons} onChange={(_, next) => change.mutate({ persons: Number(next) })}>
                {[0, 1, 2].map((one) => <FormSelectOption key={one} value={one} label={t(`danger.persons${one}`)} />)}
              </FormSelect>
            </FormGroup>
            {persons > 0 && (
              <FormGroup label={t('danger.delay')} fieldId="delay">
                <FormSelect id="delay" value={delay} onChange={(_, next) => change.mutate({ delay: Number(next) })}>
                  {[...new Set([...HOURS.map((hours) => hours * 3600), delay])].sort((a, b) => a - b).map((one) => <FormSelectOption key={one} value={one} label={t('danger.hours', { hours: one / 3600 })} />)}
                </FormSelect>
              </FormGroup>
            )}
          </Form>
        )}
      </Asked>
      {change.isError && <ProblemView thrown={change.error} />}
      <Title headingLevel="h2" className="az-after az-before">{t('danger.requests')}</Title>
      <Requests />
    </>
  );
}
