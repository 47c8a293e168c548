import { asked, noAnswer, problemOf } from './problem';
import { credentials, expired, stale } from './credentials';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What was typed is not right; who is signed in still is. */
const NOT_BELIEVED = ['access.refused', 'access.factor'];

/**
 * The one way to the appliance: puts in who calls, and throws a ProblemError for everything but an answer that is fine, and for what waits for another admin.
 * Who is not known any more comes to the sign-in page. Where another window has begun another session, the call is made once more with that.
 */
export async function call(request: Request, again = true): Promise<Response> {
  const changes = CHANGES.has(request.method);
  const { csrf } = credentials();
  const once = changes && again && csrf ? request.clone() : null;
  if (csrf && changes) request.headers.set('X-CSRF-Token', csrf);
  let response: Response;
  try {
    response = await fetch(request);
  } catch (thrown) {
    throw thrown instanceof DOMException && thrown.name === 'AbortError' ? thrown : noAnswer();
  }
  if (response.status === 202 && response.headers.get('Location')?.includes('/requests/')) throw await asked(response);
  if (response.ok) return response;
  const refused = await problemOf(response);
  if (once && refused.problem.code === 'csrf.denied') {
    await stale();
    return call(once, false);
  }
  if (response.status === 401 && !NOT_BELIEVED.includes(refused.problem.code)) expired();
  throw refused;
}
