/** An error as the appliance says it (RFC 9457), see docs/rest.md. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  code: string;
  kind: string;
  subject: string;
  retryable: boolean;
}

/** A call that was refused or failed. `problem.code` is stable; `connection.lost` is ours: no answer came at all. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

function made(code: string, status: number, detail: string): Problem {
  return { title: '', status, detail, code, kind: 'network', subject: '', retryable: true };
}

export function noAnswer(): ProblemError {
  return new ProblemError(made('connection.lost', 0, ''));
}

/** What was ordered has not happened: it waits for another admin, or for its time. */
export async function asked(response: Response): Promise<ProblemError> {
  const { request } = (await response.json()) as { request: number };
  return new ProblemError({ ...made('request.waits', 202, ''), subject: String(request) });
}

export async function problemOf(response: Response): Promise<ProblemError> {
  if (response.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    return new ProblemError((await response.json()) as Problem);
  }
  return new ProblemError(made('answer.unexpected', response.status, (await response.text()).slice(0, 300).trim()));
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof ProblemError) return thrown.problem;
  return made('console.bug', 0, thrown instanceof Error ? thrown.message : String(thrown));
}
