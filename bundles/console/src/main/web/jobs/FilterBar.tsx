import { FormSelect, FormSelectOption, ToggleGroup, ToggleGroupItem, Toolbar, ToolbarContent, ToolbarItem } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Job } from '../rest/answers';
import { groups, type Filter } from './filter';

export function FilterBar({ jobs, filter, onChange }: { jobs: Job[]; filter: Filter; onChange: (change: Partial<Filter>) => void }) {
  const { t } = useTranslation('jobs');
  const kinds = [...new Set(jobs.map((job) => job.kind))].sort();
  const clients = [...new Set(jobs.flatMap((job) => job.client ?? []))].sort();
  return (
    <Toolbar className="az-filters">
      <ToolbarContent>
        <ToolbarItem>
          <ToggleGroup aria-label={t('filter.state')}>
            {Object.keys(groups).map((group) => (
              <ToggleGroupItem key={group} text={t(`filter.${group}`)} buttonId={`show-${group}`} isSelected={filter.group === group} onChange={() => onChange({ group })} />
            ))}
          </ToggleGroup>
        </ToolbarItem>
        <ToolbarItem>
          <Choice label={t('filter.kind')} all={t('filter.allKinds')} chosen={filter.kind} names={kinds.map((kind) => [kind, t(`kind.${kind}`, { defaultValue: kind })])} onChoose={(kind) => onChange({ kind })} />
        </ToolbarItem>
        <ToolbarItem>
          <Choice label={t('filter.client')} all={t('filter.allClients')} chosen={filter.client} names={clients.map((client) => [client, client])} onChoose={(client) => onChange({ client })} />
        </ToolbarItem>
      </ToolbarContent>
    </Toolbar>
  );
}

function Choice({ label, all, chosen, names, onChoose }: { label: string; all: string; chosen: string; names: [string, string][]; onChoose: (name: string) => void }) {
  // a filter from the address may name what no job has
  const known = chosen && !names.some(([name]) => name === chosen) ? [...names, [chosen, chosen]] : names;
  return (
    <FormSelect aria-label={label} value={chosen} onChange={(_, name) => onChoose(name)}>
      <FormSelectOption value="" label={all} />
      {known.map(([name, text]) => <FormSelectOption key={name} value={name} label={text} />)}
    </FormSelect>
  );
}
