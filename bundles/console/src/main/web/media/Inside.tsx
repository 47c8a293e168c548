import { Alert, Button, Card, CardBody, CardHeader, CardTitle, DescriptionList, DescriptionListDescription, DescriptionListGroup, DescriptionListTerm } from '@patternfly/react-core';
import TimesIcon from '@patternfly/react-icons/dist/esm/icons/times-icon';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Element, JobOrder, Library } from '../rest/answers';
import { DriveUse } from './DriveUse';
import { MoveTo } from './MoveTo';
import { markOf } from './mark';
import { doingOf } from './said';

/** What is at the chosen place, and what can be done with it: all that hands can do in the picture, too. */
export function Inside({ library, element, onMove, onOrder, onClose }: {
  library: Library; element: Element; onMove: (to: string) => void; onOrder: (order: JobOrder) => void; onClose: () => void;
}) {
  const { t } = useTranslation('media');
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => { card.current?.scrollIntoView({ block: 'nearest' }); }, []);
  const { kind, address, drive, barcode, volume, pool, content } = element;
  const facts = [
    [t('inside.barcode'), barcode], [t('inside.volume'), volume && <Link to={`/media/volumes/${volume}`}>{volume}</Link>], [t('inside.pool'), pool && <Link to={`/media/pools/${pool}`}>{pool}</Link>],
    [t('inside.state'), content === 'empty' ? t('said.empty') : t(`mark.${markOf(element)}`)], [t('inside.drive'), drive === null ? null : doingOf(t, element)],
    [t('inside.source'), element.source], [t('inside.cleanings'), element.cleanings || null],
  ] as const;
  return (
    <div ref={card} className="az-inside">
      <Card isCompact>
        <CardHeader actions={{ actions: <Button variant="plain" aria-label={t('inside.close')} icon={<TimesIcon />} onClick={onClose} /> }}>
          <CardTitle component="h2">{drive === null ? t(`place.${kind}`, { address }) : t('place.drive', { drive })}</CardTitle>
        </CardHeader>
        <CardBody>
          <DescriptionList isCompact isHorizontal horizontalTermWidthModifier={{ default: '7rem' }}>
            {facts.filter(([, fact]) => fact !== null && fact !== undefined && fact !== '').map(([term, fact]) => (
              <DescriptionListGroup key={term}><DescriptionListTerm>{term}</DescriptionListTerm><DescriptionListDescription>{fact}</DescriptionListDescription></DescriptionListGroup>
            ))}
          </DescriptionList>
          {[element.problem, element.why, ...element.warnings].filter(Boolean).map((text) => <Alert key={text} isInline isPlain variant="warning" title={text} />)}
          {content === 'cartridge' && <MoveTo library={library} from={element} onMove={onMove} />}
          {barcode && volume && <Button variant="link" isInline onClick={() => onOrder({ kind: 'export', volumes: [volume] })}>{t('inside.export')}</Button>}
          {drive !== null && <DriveUse library={library} element={element} drive={drive} onClean={() => onOrder({ kind: 'clean', library: library.name, node: library.node, drive })} />}
        </CardBody>
      </Card>
    </div>
  );
}
