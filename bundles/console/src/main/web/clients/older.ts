/** Whether a host's version comes before the server's, number by number; what says no version is not marked. */
export function older(version: string | null, server: string | undefined): boolean {
  if (!version || !server) return false;
  return version.localeCompare(server, 'en', { numeric: true }) < 0;
}
