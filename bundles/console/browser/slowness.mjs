/** What the sum below takes on a machine of two idle cores; a slower or busier one gets as much more time as it takes longer for this. */
const SUM_MS = 200;

/** How many times as slow this machine is just now; 1 at least. */
export async function slowness(page) {
  return Math.max(1, (await page.evaluate(sum)) / SUM_MS);
}

function sum() {
  const begin = performance.now();
  let sum = 0;
  for (let i = 0; i < 30_000_000; i++) sum = (sum + i * 31) % 1_000_003;
  return performance.now() - begin;
}
