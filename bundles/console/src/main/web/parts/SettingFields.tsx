import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, InputGroup, InputGroupItem, InputGroupText, Switch, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { DriverSchema, SettingSchema } from '../rest/answers';

/** Texts by name; what is not there has its default. */
export type Settings = Record<string, string>;

/** Why a value will not do, as a key of the texts; null if it will. */
export function complaint(setting: SettingSchema, required: boolean, value: string | undefined): 'required' | 'number' | 'least' | 'most' | null {
  if (value === undefined || value === '') return required ? 'required' : null;
  if (setting.type !== 'integer' && setting.type !== 'number') return null;
  const number = Number(value);
  if (!Number.isFinite(number) || (setting.type === 'integer' && !Number.isInteger(number))) return 'number';
  if (setting.minimum !== undefined && number < setting.minimum) return 'least';
  return setting.maximum !== undefined && number > setting.maximum ? 'most' : null;
}

export const complete = (schema: DriverSchema, values: Settings) =>
  Object.entries(schema.properties).every(([name, setting]) => complaint(setting, schema.required.includes(name), values[name]) === null);

/** A driver's settings as a form, whatever driver it is. @param kept names of secrets that are set and stay if nothing is typed */
export function SettingFields({ schema, values, kept = [], onChange }: { schema: DriverSchema; values: Settings; kept?: string[]; onChange: (values: Settings) => void }) {
  const set = (name: string, value: string | undefined) => {
    const { [name]: _, ...others } = values;
    onChange(value === undefined ? others : { ...others, [name]: value });
  };
  return Object.entries(schema.properties).map(([name, setting]) => (
    <Field key={name} name={name} setting={setting} required={schema.required.includes(name) && !kept.includes(name)} value={values[name]} kept={kept.includes(name)} onChange={(value) => set(name, value)} />
  ));
}

function Field({ name, setting, required, value, kept, onChange }: {
  name: string; setting: SettingSchema; required: boolean; value: string | undefined; kept: boolean; onChange: (value: string | undefined) => void;
}) {
  const { t } = useTranslation('parts');
  const wrong = complaint(setting, required, value);
  const [id, help] = [`setting-${name}`, `setting-${name}-help`];
  const preset = setting.default === undefined ? '' : String(setting.default);
  const shown = wrong !== null && value !== undefined;
  const hints = [setting.description, shown && t(`setting.${wrong}`, { least: setting.minimum, most: setting.maximum }), kept && t('setting.kept')].filter(Boolean);
  const input = (
    <TextInput id={id} value={value ?? ''} isRequired={required} type={setting.format === 'password' ? 'password' : 'text'} autoComplete={setting.format === 'password' ? 'new-password' : 'off'}
      inputMode={setting.type === 'integer' ? 'numeric' : setting.type === 'number' ? 'decimal' : undefined} placeholder={preset} validated={shown ? 'error' : 'default'} aria-describedby={help}
      onChange={(_, text) => onChange(text === '' ? undefined : text)} />
  );
  return (
    <FormGroup label={setting.title} fieldId={id} isRequired={required}>
      {setting.type === 'boolean' ? (
        <Switch id={id} aria-label={setting.title} isChecked={(value ?? preset) === 'true'} onChange={(_, on) => onChange(String(on))} />
      ) : setting.oneOf ? (
        <FormSelect id={id} value={value ?? preset} aria-describedby={help} onChange={(_, text) => onChange(text)}>
          {!setting.oneOf.some((one) => one.const === preset) && <FormSelectOption value="" label={t('setting.choose')} isPlaceholder />}
          {setting.oneOf.map((one) => <FormSelectOption key={one.const} value={one.const} label={one.title} />)}
        </FormSelect>
      ) : setting.unit ? (
        <InputGroup><InputGroupItem isFill>{input}</InputGroupItem><InputGroupText>{setting.unit}</InputGroupText></InputGroup>
      ) : input}
      {hints.length > 0 && <FormHelperText><HelperText id={help}>{hints.map((hint) => <HelperTextItem key={String(hint)} variant={shown && hint !== setting.description ? 'error' : 'default'}>{hint}</HelperTextItem>)}</HelperText></FormHelperText>}
    </FormGroup>
  );
}
