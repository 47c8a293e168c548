import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core';
import EllipsisVIcon from '@patternfly/react-icons/dist/esm/icons/ellipsis-v-icon';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../parts/Confirm';
import { ProblemView } from '../parts/ProblemView';
import type { MadeUser, User } from '../rest/access';
import { answer, api } from '../rest/api';
import { named, useChange } from './questions';

type Act = 'reset' | 'unlock' | 'disable' | 'enable' | 'factor' | 'noFactor' | 'delete';

function act(name: string, what: Act): Promise<MadeUser | User> {
  switch (what) {
    case 'reset': return answer(api.POST('/users/{name}/reset', { ...named(name), body: {} }));
    case 'unlock': return answer(api.POST('/users/{name}/unlock', named(name)));
    case 'delete': return answer(api.DELETE('/users/{name}', named(name)));
    case 'disable': case 'enable': return answer(api.PATCH('/users/{name}', { ...named(name), body: { disabled: what === 'disable' } }));
    case 'factor': case 'noFactor': return answer(api.PATCH('/users/{name}', { ...named(name), body: { factor: what === 'factor' } }));
  }
}

/** @param onTold is given the password of one that was reset */
export function UserActions({ user, onTold }: { user: User; onTold: (made: MadeUser) => void }) {
  const { t } = useTranslation('settings');
  const [open, setOpen] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const change = useChange('users', (what: Act) => act(user.name, what));
  const acts: Act[] = ['reset', 'unlock', user.disabled ? 'enable' : 'disable', user.factor === 'none' ? 'factor' : 'noFactor', 'delete'];
  const choose = (what: Act) => {
    setOpen(false);
    if (what === 'delete') setLeaving(true);
    else change.mutate(what, { onSuccess: (made) => { if ('password' in made) onTold(made); } });
  };
  return (
    <>
      <Dropdown isOpen={open} onOpenChange={setOpen} onSelect={(_, key) => choose(key as Act)} popperProps={{ position: 'right' }}
        toggle={(ref) => <MenuToggle ref={ref} variant="plain" aria-label={t('users.actionsOf', { name: user.name })} isExpanded={open} onClick={() => setOpen(!open)} icon={<EllipsisVIcon />} />}>
        <DropdownList>{acts.map((what) => <DropdownItem key={what} value={what} isDanger={what === 'delete'}>{t(`act.${what}`)}</DropdownItem>)}</DropdownList>
      </Dropdown>
      {change.isError && <ProblemView thrown={change.error} />}
      {leaving && <Confirm danger title={t('users.deleteTitle', { name: user.name })} action={t('act.delete')} onConfirm={() => change.mutate('delete')} onClose={() => setLeaving(false)}>{t('users.deleteText')}</Confirm>}
    </>
  );
}
