import { useTranslation } from 'react-i18next';

/** Says what a drill found in the page's language, sentence by sentence; what has no words there stays as the appliance told it. */
export function useFound(): (told: string) => string {
  const { t } = useTranslation('found');
  const sentences = Object.entries(t('sentences', { returnObjects: true, defaultValue: {} }) as Record<string, string>);
  return (told) => {
    for (const [sentence, words] of sentences) {
      const said = new RegExp(`(^|: )${sentence}$`);
      if (said.test(told)) return told.replace(said, (_, begin: string, ...parts: string[]) => begin + words.replace(/\$(\d)/g, (__, part) => parts[Number(part) - 1]));
    }
    return told;
  };
}
