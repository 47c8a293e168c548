import assert from 'node:assert/strict';

/** What a step needs of the appliance beside what a person does in the browser. @return the answer, which is JSON or a text */
export async function ask({ page, url, token }, path, { method = 'GET', data } = {}) {
  const answer = await page.context().request.fetch(`${url}/api/v1/${path}`, { method, headers: { Authorization: `Bearer ${token}` }, data });
  assert.ok(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return answer.headers()['content-type']?.includes('json') ? answer.json() : answer.text();
}

/** A job, begun. */
export const begin = (visit, data) => ask(visit, 'jobs', { method: 'POST', data });

/** Waits for its end. */
export async function done(visit, { id }) {
  for (let job = await ask(visit, `jobs/${id}`); job.state !== 'done'; job = await ask(visit, `jobs/${id}`)) {
    assert.ok(['queued', 'running', 'paused'].includes(job.state), `job ${id} is ${job.state}: ${job.error}`);
    await visit.page.waitForTimeout(100);
  }
}

export const backUp = async (visit, saveSet, path) => done(visit, await begin(visit, { kind: 'backup', saveSet, paths: [path] }));
