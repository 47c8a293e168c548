/** Where the manual speaks of a page, or of a part of one: below /manual/. */
const sections: Record<string, string> = {
  overview: 'console.html#overview',
  clients: 'hosts.html',
  protection: 'policies.html#in-the-console',
  jobs: 'trouble.html',
  restore: 'restore.html#in-the-console',
  media: 'media.html#in-the-console',
  drivers: 'media.html#drivers',
  proof: 'console.html#proof',
  settings: 'console.html#users',
  'settings/tokens': 'console.html#tokens',
  'settings/sessions': 'console.html#signing-in',
  'settings/keys': 'disaster.html#before',
  'settings/clock': 'trouble.html#what-status-warns-of',
  'settings/certificates': 'hosts.html#afterwards',
  'settings/network': 'console.html#network-and-certificate',
  'settings/updates': 'console.html#updates',
  'settings/appliance': 'disaster.html#before',
  'settings/danger': 'console.html#two-persons',
  'settings/development': 'media.html#drivers',
};

/** @param pathname of the page that is shown */
export function helpAt(pathname: string) {
  const [page = '', part = ''] = pathname.split('/').slice(1);
  return `/manual/${sections[`${page}/${part}`] ?? sections[page] ?? 'index.html'}`;
}
