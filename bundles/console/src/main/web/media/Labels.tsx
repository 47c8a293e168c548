import { Button, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, PageSection, TextInput } from '@patternfly/react-core';
import PrintIcon from '@patternfly/react-icons/dist/esm/icons/print-icon';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Code39 } from './Code39';

const MOST = 200;
/** Six letters or digits, the last of them digits, and the generation of the medium. */
const BARCODE = /^([A-Z0-9]*?)(\d+)([LM][0-9A-Z])$/;

/** The barcodes that follow a first one; empty if that is none. */
export function following(first: string, count: number): string[] {
  const [, before, number, generation] = BARCODE.exec(first) ?? [];
  if (number === undefined || first.length !== 8) return [];
  const most = 10 ** number.length;
  return Array.from({ length: Math.min(count, MOST, most - Number(number)) }, (_, at) => before + String(Number(number) + at).padStart(number.length, '0') + generation);
}

/** A sheet of barcode labels in Code 39 at true size, to print and cut. */
export function Labels() {
  const { t } = useTranslation('media');
  const [first, setFirst] = useState('A00001L8');
  const [count, setCount] = useState(20);
  const barcodes = following(first.trim().toUpperCase(), count);
  return (
    <PageSection isFilled>
      <Form isWidthLimited className="az-unprinted az-before" onSubmit={(event) => event.preventDefault()}>
        <p>{t('labels.text')}</p>
        <FormGroup label={t('labels.first')} fieldId="first">
          <TextInput id="first" value={first} onChange={(_, text) => setFirst(text)} validated={barcodes.length ? 'default' : 'error'} aria-describedby="first-help" />
          <FormHelperText><HelperText id="first-help"><HelperTextItem variant={barcodes.length ? 'default' : 'error'}>{t('labels.firstHelp')}</HelperTextItem></HelperText></FormHelperText>
        </FormGroup>
        <FormGroup label={t('labels.count')} fieldId="count">
          <TextInput id="count" type="number" min={1} max={MOST} value={count} onChange={(_, text) => setCount(Math.max(0, Math.min(MOST, Number(text))))} />
        </FormGroup>
        <div><Button icon={<PrintIcon />} isDisabled={barcodes.length === 0} onClick={() => print()}>{t('labels.print')}</Button></div>
      </Form>
      <div className="az-labels" role="list" aria-label={t('labels.sheet')}>
        {barcodes.map((barcode) => <div key={barcode} role="listitem" aria-label={barcode}><Code39 text={barcode} /></div>)}
      </div>
    </PageSection>
  );
}
