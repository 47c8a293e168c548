import { useSyncExternalStore } from 'react';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'azekura.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

function chosen(): Theme {
  const kept = localStorage.getItem(KEY);
  return themes.find((theme) => theme === kept) ?? 'system';
}

function apply() {
  const theme = chosen();
  document.documentElement.classList.toggle('pf-v6-theme-dark', theme === 'dark' || (theme === 'system' && dark.matches));
  listeners.forEach((listener) => listener());
}

/** Shows the theme that this browser was told, or the one of its system, also when that changes. */
export function followTheme() {
  apply();
  dark.addEventListener('change', apply);
}

/** Whether the browser's window is like this, also when it changes. */
export function useMedia(query: string) {
  const media = matchMedia(query);
  return useSyncExternalStore((listener) => { media.addEventListener('change', listener); return () => media.removeEventListener('change', listener); }, () => media.matches);
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const theme = useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, chosen);
  return [theme, (next) => { localStorage.setItem(KEY, next); apply(); }];
}
