import { Card as Sheet, CardBody, CardHeader, Content } from '@patternfly/react-core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageChoice, ThemeChoice } from '../frame/Choices';
import mark from '../frame/mark.svg';

/** A page without the navigation, for who is not in yet. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation('frame');
  useEffect(() => { document.title = t('title', { page: title }); }, [t, title]);
  return (
    <main className="az-signin">
      <div className="az-signin-choices"><LanguageChoice /><ThemeChoice /></div>
      <Sheet className="az-signin-card">
        <CardHeader>
          <p className="az-signin-brand"><img src={mark} alt="" className="az-mark" /><span className="az-brand">{t('brand')}</span></p>
          <Content component="h1">{title}</Content>
        </CardHeader>
        <CardBody>{children}</CardBody>
      </Sheet>
    </main>
  );
}
