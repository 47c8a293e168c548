import type { Server } from './answers';

/** The server whose pages these are, if several share a catalog. Who is signed in is answered by the one that leads, whichever he has opened: so the address counts first. */
export const own = (servers: Server[]) => servers.find(({ url }) => url && new URL(url).host === location.host) ?? servers.find(({ here }) => here);
