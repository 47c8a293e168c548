import { Button, FormSelect, FormSelectOption, FormSelectOptionGroup, InputGroup, InputGroupItem } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Element, Library } from '../rest/answers';

/** Places for a cartridge: any free slot or mail slot, a drive, or one free place by its address. */
export function MoveTo({ library, from, onMove }: { library: Library; from: Element; onMove: (to: string) => void }) {
  const { t } = useTranslation('media');
  const [to, setTo] = useState('');
  const free = library.elements.filter((one) => one.content === 'empty' && one.accessible && one.address !== from.address);
  const of = (kind: string) => free.filter((one) => one.kind === kind);
  return (
    <InputGroup className="az-after az-before">
      <InputGroupItem isFill>
        <FormSelect aria-label={t('move.to')} value={to} onChange={(_, value) => setTo(value)}>
          <FormSelectOption value="" label={t('move.to')} isPlaceholder />
          {of('slot').length > 0 && <FormSelectOption value="slot" label={t('move.slot')} />}
          {of('mail-slot').length > 0 && <FormSelectOption value="mail" label={t('move.mail')} />}
          {of('drive').map((one) => <FormSelectOption key={one.address} value={`drive:${one.drive}`} label={t('place.drive', { drive: one.drive })} />)}
          <FormSelectOptionGroup label={t('move.exactly')}>
            {[...of('mail-slot'), ...of('slot')].map((one) => <FormSelectOption key={one.address} value={String(one.address)} label={t(`place.${one.kind}`, { address: one.address })} />)}
          </FormSelectOptionGroup>
        </FormSelect>
      </InputGroupItem>
      <InputGroupItem><Button variant="control" isDisabled={to === ''} onClick={() => onMove(to)}>{t('move.go')}</Button></InputGroupItem>
    </InputGroup>
  );
}
