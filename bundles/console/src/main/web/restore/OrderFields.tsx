import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, Radio, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import type { OneSnapshot, Thaw } from '../rest/answers';
import { useClients } from '../rest/questions';

export interface Wish {
  place: 'original' | 'folder';
  folder: string;
  client: string;
  overwrite: 'never' | 'older' | 'always';
  /** Empty: whichever is best. */
  fromCopy: string;
  /** How soon what lies in an archive is wanted; empty: as its pool is set. */
  thaw: Thaw | '';
}

/** @param archived whether some of it is known to lie in an archive */
export function OrderFields({ snapshot, wish, archived, onChange }: { snapshot: OneSnapshot; wish: Wish; archived: boolean; onChange: (wish: Wish) => void }) {
  const { t } = useTranslation('restore');
  const clients = useClients().data ?? [];
  return (
    <>
      <FormGroup role="radiogroup" label={t('order.where')} fieldId="place">
        <Radio id="place-folder" name="place" label={t('order.folder')} isChecked={wish.place === 'folder'} onChange={() => onChange({ ...wish, place: 'folder' })} />
        <Radio id="place-original" name="place" label={t('order.original')} isChecked={wish.place === 'original'} onChange={() => onChange({ ...wish, place: 'original' })} />
      </FormGroup>
      {wish.place === 'folder' && (
        <FormGroup label={t('order.folderPath')} fieldId="folder" isRequired>
          <TextInput id="folder" value={wish.folder} onChange={(_, folder) => onChange({ ...wish, folder })} isRequired
            validated={wish.folder === '' || wish.folder.startsWith('/') ? 'default' : 'error'} aria-describedby="folder-help" />
          <FormHelperText><HelperText id="folder-help"><HelperTextItem>{t('order.folderHelp')}</HelperTextItem></HelperText></FormHelperText>
        </FormGroup>
      )}
      <FormGroup label={t('order.client')} fieldId="client">
        <FormSelect id="client" value={wish.client} onChange={(_, client) => onChange({ ...wish, client })}>
          {clients.map(({ name, connected }) => <FormSelectOption key={name} value={name} label={connected ? name : t('order.away', { name })} />)}
        </FormSelect>
      </FormGroup>
      <FormGroup label={t('order.overwrite')} fieldId="overwrite">
        <FormSelect id="overwrite" value={wish.overwrite} onChange={(_, overwrite) => onChange({ ...wish, overwrite: overwrite as Wish['overwrite'] })}>
          {(['never', 'older', 'always'] as const).map((word) => <FormSelectOption key={word} value={word} label={t(`order.${word}`)} />)}
        </FormSelect>
      </FormGroup>
      {snapshot.copies.length > 0 && (
        <FormGroup label={t('order.from')} fieldId="from">
          <FormSelect id="from" value={wish.fromCopy} onChange={(_, fromCopy) => onChange({ ...wish, fromCopy })}>
            <FormSelectOption value="" label={t('order.best', { pool: snapshot.pool })} />
            {snapshot.copies.map(({ pool, damaged }) => <FormSelectOption key={pool} value={pool} label={t(damaged ? 'order.damagedCopy' : 'order.copy', { pool })} />)}
          </FormSelect>
        </FormGroup>
      )}
      {archived && (
        <FormGroup label={t('order.thaw')} fieldId="thaw">
          <FormSelect id="thaw" value={wish.thaw} onChange={(_, thaw) => onChange({ ...wish, thaw: thaw as Wish['thaw'] })}>
            {(['', 'cheap', 'usual', 'fast'] as const).map((way) => <FormSelectOption key={way} value={way} label={t(`order.thaw-${way || 'pool'}`)} />)}
          </FormSelect>
        </FormGroup>
      )}
    </>
  );
}
