/** Kind of the job that shows a mail that failed or whose fate is not known to whoever has to decide. */
export const TROUBLE_JOB = 'send-trouble';

/** One message a try. */
export function troubleTell(draft: string, fence: number) {
  return { id: `${TROUBLE_JOB}:${draft}:${fence}`, kind: TROUBLE_JOB, payload: { draft } };
}
