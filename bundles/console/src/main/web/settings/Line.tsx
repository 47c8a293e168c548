import { FormGroup, TextInput } from '@patternfly/react-core';

/** One line of a form. @param isCode digits of a device @param isSecret not shown */
export function Line({ id, label, value, help, isCode = false, isSecret, onChange }: {
  id: string; label: string; value: string; help?: string; isCode?: boolean; isSecret?: 'current-password' | 'new-password'; onChange: (value: string) => void;
}) {
  return (
    <FormGroup label={label} fieldId={id}>
      <TextInput id={id} value={value} onChange={(_, text) => onChange(text)} type={isSecret ? 'password' : 'text'} inputMode={isCode ? 'numeric' : undefined}
        autoComplete={isSecret ?? (isCode ? 'one-time-code' : 'off')} aria-describedby={help && `${id}-help`} />
      {help && <p id={`${id}-help`} className="az-help">{help}</p>}
    </FormGroup>
  );
}
