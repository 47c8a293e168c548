import type { TFunction } from 'i18next';

/** What a job does, as the appliance says it, in the language of the page where it has a word for it. */
export function phaseText(t: TFunction<'jobs'>, phase: string) {
  const [word, ...rest] = phase.split(/ (?=pool |volume |node )|: /);
  const translated = t(`phases.${word.replace(/\W/g, '-')}`, { defaultValue: '' });
  return translated ? [translated, ...rest].join(' · ') : phase;
}
