import i18next from 'i18next';
import resourcesToBackend from 'i18next-resources-to-backend';
import { initReactI18next } from 'react-i18next';

export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

const KEY = 'azekura.language';
const texts = import.meta.glob<{ default: Record<string, unknown> }>('/*/*.json');

function first(): Language {
  const kept = localStorage.getItem(KEY);
  return languages.find((language) => language === kept) ?? (navigator.languages.some((one) => one.startsWith('ja')) && !navigator.language.startsWith('en') ? 'ja' : 'en');
}

/** Loads the frame's texts; a page brings its own, from the file beside it, when it is first shown. Of alerts the appliance has the English ones. */
export async function startLanguage() {
  i18next.on('languageChanged', (language) => { document.documentElement.lang = language; });
  await i18next
    .use(resourcesToBackend((language: string, page: string) => texts[`/${page}/${page}.${language}.json`]?.() ?? Promise.resolve({})))
    .use(initReactI18next)
    .init({
      lng: first(),
      supportedLngs: languages,
      fallbackLng: false,
      ns: ['frame', 'parts'],
      defaultNS: 'frame',
      interpolation: { escapeValue: false },
      returnNull: false,
    });
}

export function chooseLanguage(language: Language) {
  localStorage.setItem(KEY, language);
  return i18next.changeLanguage(language);
}
