import { Label } from '@patternfly/react-core';
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import ExclamationTriangleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-triangle-icon';
import HourglassHalfIcon from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon';
import InProgressIcon from '@patternfly/react-icons/dist/esm/icons/in-progress-icon';
import PauseCircleIcon from '@patternfly/react-icons/dist/esm/icons/pause-circle-icon';
import QuestionCircleIcon from '@patternfly/react-icons/dist/esm/icons/question-circle-icon';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpreadState } from '../rest/answers';

type Look = ['green' | 'orange' | 'red' | 'blue' | 'grey', ComponentType];

const good: Look = ['green', CheckCircleIcon];
const attention: Look = ['orange', ExclamationTriangleIcon];
const bad: Look = ['red', ExclamationCircleIcon];
const moving: Look = ['blue', InProgressIcon];
const idle: Look = ['grey', HourglassHalfIcon];

const LOOKS: Record<string, Look> = {
  done: good, connected: good, ready: good, active: good, served: good, appendable: good, confirmed: good, protected: good, trusted: good, proven: good, safe: good, leads: good,
  running: moving, swapping: moving,
  standby: idle, queued: idle, scratch: idle, full: idle, new: idle, continued: idle,
  paused: ['orange', PauseCircleIcon], parked: ['orange', PauseCircleIcon],
  warned: attention, suspect: attention, old: attention, late: attention, away: attention, frozen: attention, expired: attention, early: attention, partly: attention, nearly: attention, single: attention,
  failed: bad, quarantined: bad, missing: bad, silent: bad, unserved: bad, revoked: bad, unprotected: bad, lost: bad,
  waiting: idle, disabled: ['grey', PauseCircleIcon], skipped: ['grey', BanIcon], refused: ['grey', BanIcon],
  cancelled: ['grey', BanIcon], locked: ['grey', BanIcon],
};

/** A state by word, icon and colour; the colour alone says nothing. */
export function StateLabel({ state }: { state: string }) {
  const { t } = useTranslation('parts');
  const [color, Icon] = LOOKS[state] ?? ['grey', QuestionCircleIcon];
  return <Label color={color} icon={<Icon />} isCompact>{t(`state.${state}`, { defaultValue: state })}</Label>;
}

/** How snapshots are spread; another is partly what it should be. */
export function SpreadLabel({ state }: { state: SpreadState }) {
  return <StateLabel state={state === 'partly' ? 'nearly' : state} />;
}
