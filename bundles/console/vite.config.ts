import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { lean } from './lean.ts';
import { codes } from './manual/book.mjs';

const out = join(import.meta.dirname, 'target/classes/dist');

/** `virtual:troubles`: the codes that the manual explains. */
function troubles(): Plugin {
  return {
    name: 'troubles',
    resolveId: (name) => (name === 'virtual:troubles' ? name : null),
    load: (name) => (name === 'virtual:troubles' ? `export default new Set(${JSON.stringify(codes().join(' '))}.split(' '))` : null),
  };
}

export default defineConfig({
  root: join(import.meta.dirname, 'src/main/web'),
  logLevel: 'warn',
  plugins: [react(), lean(), troubles()],
  // A drop-in of a third of the size; the tables need two of its functions.
  resolve: { alias: [{ find: /^lodash\/(\w+)$/, replacement: 'es-toolkit/compat/$1' }] },
  build: {
    outDir: out,
    emptyOutDir: true,
    target: 'es2022',
    // The policy allows no data: addresses for scripts and fonts, and a file with a hash is kept by the browser for good.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // What pages share is one file: the parts of it say the same in so many ways that a fifth is saved where they are compressed together.
    cssCodeSplit: false,
    rolldownOptions: {
      output: { advancedChunks: { groups: [{ name: 'shared', test: /node_modules/ }, { name: 'parts', test: /\/web\/(?:parts|rest|frame)\/(?!.*json$)/ }, { name: 'en', test: /\.en\.json$/ }, { name: 'ja', test: /\.ja\.json$/ }] } },
    },
    reportCompressedSize: false,
  },
});
