import AdjustIcon from '@patternfly/react-icons/dist/esm/icons/adjust-icon';
import LanguageIcon from '@patternfly/react-icons/dist/esm/icons/language-icon';
import MoonIcon from '@patternfly/react-icons/dist/esm/icons/moon-icon';
import SunIcon from '@patternfly/react-icons/dist/esm/icons/sun-icon';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from './language';
import { Menu } from './Menu';
import { themes, useTheme, type Theme } from './theme';

const icons = { system: <AdjustIcon />, light: <SunIcon />, dark: <MoonIcon /> };

export function ThemeChoice() {
  const { t } = useTranslation('frame');
  const [theme, setTheme] = useTheme();
  return (
    <Menu id="choose-theme" label={t('theme.label')} icon={icons[theme]} chosen={theme} choices={themes.map((key) => ({ key, label: t(`theme.${key}`) }))}
      onChoose={(key) => setTheme(key as Theme)} />
  );
}

/** Each language by its own name, so that who cannot read the other finds it. */
export function LanguageChoice() {
  const { t, i18n } = useTranslation('frame');
  return (
    <Menu id="choose-language" label={t('language.label')} icon={<LanguageIcon />} text={t(`language.${i18n.language}`)} chosen={i18n.language}
      choices={languages.map((key) => ({ key, label: t(`language.${key}`), lang: key }))} onChoose={(key) => void chooseLanguage(key as Language)} />
  );
}
