import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

// it notes what a walk does not need; on standard output each line is a step
console.info = console.error;

/** A real provider of identities on loopback, at which everybody is whom he types and is in the group backup-admins. @param back where it sends browsers to */
export async function provide(back, leave) {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'azekura', client_secret: 'secret of the walk', redirect_uris: [back], post_logout_redirect_uris: [leave] }],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: id, name: 'Walker', preferred_username: id, groups: ['staff', 'backup-admins'] }) }),
  });
  server.on('request', provider.callback());
  return { issuer, end: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }) };
}
