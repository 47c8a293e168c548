import '@patternfly/react-core/dist/styles/base.css';
import './frame/frame.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './frame/App';
import { followTheme } from './frame/theme';
import { startLanguage } from './frame/language';

followTheme();
await startLanguage();
createRoot(document.getElementById('root')!).render(<StrictMode><App /></StrictMode>);
