import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import { useState, type ReactNode } from 'react';

interface Choice {
  key: string;
  label: string;
  lang?: string;
}

/** A button of the masthead that opens a short list. */
export function Menu({ id, label, icon, text, chosen, choices, onChoose }: {
  id: string; label: string; icon: ReactNode; text?: string; chosen?: string; choices: Choice[]; onChoose: (key: string) => void;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dropdown
      isOpen={open}
      onOpenChange={setOpen}
      popperProps={{ position: 'right' }}
      onSelect={(_, key) => { setOpen(false); onChoose(String(key)); }}
      toggle={(ref) => (
        <MenuToggle id={id} ref={ref} aria-label={label} variant="plainText" icon={icon} isExpanded={open} onClick={() => setOpen(!open)}>
          {text && <span className="az-wide-only">{text}</span>}
        </MenuToggle>
      )}
    >
      <DropdownList aria-label={label}>
        {choices.map(({ key, label: name, lang }) => (
          <DropdownItem key={key} id={`${id}-${key}`} value={key} isSelected={key === chosen} lang={lang}>{name}</DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  );
}
