import { asked, noAnswer, problemOf } from './problem';
import { credentials, expired } from './credentials';

const CHANGES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * The one way to the appliance: puts in who calls, and throws a ProblemError for everything but an answer that is fine, and for what waits for another admin.
 * Who is not known any more comes to the sign-in page.
 */
export async function call(request: Request): Promise<Response> {
  const { csrf } = credentials();
  if (csrf && CHANGES.has(request.method)) request.headers.set('X-CSRF-Token', csrf);
  let response: Response;
  try {
    response = await fetch(request);
  } catch (thrown) {
    throw thrown instanceof DOMException && thrown.name === 'AbortError' ? thrown : noAnswer();
  }
  if (response.status === 202 && response.headers.get('Location')?.includes('/requests/')) throw await asked(response);
  if (response.ok) return response;
  const problem = await problemOf(response);
  // who gives a wrong password for something is still who he is
  if (response.status === 401 && !problem.problem.code.startsWith('access.')) expired();
  throw problem;
}
