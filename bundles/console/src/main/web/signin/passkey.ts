import { answer, api } from '../rest/api';
import { ProblemError } from '../rest/problem';
import { enter } from '../rest/session';

/** Whether this browser knows passkeys as JSON, which is how the appliance speaks of them. */
export const knowsPasskeys = () => 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** @param beside name and password that were right already; none: the passkey is to be enough */
export async function signInByPasskey(beside: { name?: string; password?: string }) {
  const options = await answer(api.POST('/session/passkey/begin', { body: beside }));
  const { id, response: { clientDataJSON, authenticatorData, signature, userHandle } } = await shown(
    navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }));
  await enter('/passkey', { id, clientDataJSON, authenticatorData, signature, userHandle });
}

/** @param password of one's own; none within five minutes of signing in */
export async function makePasskey(name: string, password: string) {
  const options = await answer(api.POST('/session/passkeys/begin', { body: password ? { password } : {} }));
  const { response: { clientDataJSON, attestationObject } } = await shown(
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
  return answer(api.POST('/session/passkeys', { body: { name, clientDataJSON, attestationObject } }));
}

async function shown(asked: Promise<Credential | null>): Promise<PublicKeyCredentialJSON> {
  try {
    return ((await asked) as PublicKeyCredential).toJSON();
  } catch (thrown) {
    // whether there is none or he would not, browsers do not say
    throw new ProblemError({ title: '', status: 0, detail: (thrown as Error).message, code: 'passkey.none', kind: 'operator', subject: '', retryable: true });
  }
}
