/** What /readyz says, with its status. */
export interface ReadyAnswer {
  readonly status: number;
  readonly ready: boolean;
  readonly store: ReadyPart;
  readonly slack: ReadyPart;
  readonly clock: ReadyPart & { readonly ageSeconds: number | null };
  readonly ledger: { readonly asOf: string | null; readonly ageSeconds: number | null };
  readonly mail: ReadyPart | null;
}

interface ReadyPart {
  readonly ok: boolean;
  readonly since: string;
  readonly problem: string | null;
}

/** Those who watch do not wait for long: Prometheus ten seconds, a probe of Kubernetes one unless told otherwise. */
const WITHIN_MS = 5_000;

export async function readyOf(url: string): Promise<ReadyAnswer> {
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(WITHIN_MS) });
  return { status: response.status, ...((await response.json()) as Omit<ReadyAnswer, 'status'>) };
}

export async function metricsOf(url: string): Promise<string> {
  const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(WITHIN_MS) });
  if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
  return response.text();
}

/** The value of each series, by its name with its labels as they are written. */
export async function seriesOf(url: string): Promise<Map<string, number>> {
  const lines = (await metricsOf(url)).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}
