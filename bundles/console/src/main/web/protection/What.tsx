import { FormGroup, FormSelect, FormSelectOption, TextArea, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { Client } from '../rest/answers';
import type { Change, Draft } from './draft';

export function What({ draft, clients, onChange }: { draft: Draft; clients: Client[]; onChange: Change<Draft> }) {
  const { t } = useTranslation('protection');
  return (
    <div className="az-fields">
      <FormGroup label={t('client')} fieldId="client">
        <FormSelect id="client" value={draft.client} onChange={(_, client) => onChange({ client })}>{clients.map(({ name }) => <FormSelectOption key={name} value={name} label={name} />)}</FormSelect>
      </FormGroup>
      <FormGroup label={t('name')} fieldId="name" isRequired>
        <TextInput id="name" value={draft.name} onChange={(_, name) => onChange({ name: name.trim() })} isRequired autoCapitalize="none" aria-describedby="name-help" />
        <p id="name-help" className="az-help">{t('nameHelp')}</p>
      </FormGroup>
      <Paths draft={draft} onChange={onChange} />
    </div>
  );
}

/** What of a machine is saved, and what is left out. */
export function Paths({ draft, onChange }: { draft: Pick<Draft, 'paths' | 'excludes'>; onChange: Change<Pick<Draft, 'paths' | 'excludes'>> }) {
  const { t } = useTranslation('protection');
  return (
    <>
      <FormGroup label={t('paths')} fieldId="paths" isRequired>
        <TextArea id="paths" value={draft.paths} onChange={(_, paths) => onChange({ paths })} rows={4} resizeOrientation="vertical" aria-describedby="paths-help" className="az-code" />
        <p id="paths-help" className="az-help">{t('pathsHelp')}</p>
      </FormGroup>
      <FormGroup label={t('excludes')} fieldId="excludes">
        <TextArea id="excludes" value={draft.excludes} onChange={(_, excludes) => onChange({ excludes })} rows={2} resizeOrientation="vertical" aria-describedby="excludes-help" className="az-code" />
        <p id="excludes-help" className="az-help">{t('excludesHelp')}</p>
      </FormGroup>
    </>
  );
}
