/** A Slack timestamp ("1700000000.000100") as a moment in the browser's time zone. */
export const dateOf = (ts: string): Date => new Date(Number(ts) * 1000);

export const timeOf = (date: Date): string => date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

export const fullTimeOf = (date: Date): string =>
  `${date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })} at ${timeOf(date)}`;

/** "Today", "Yesterday" or "Monday, 3 November" (with the year when it is not this one). */
export function dayOf(date: Date, now = new Date()): string {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year });
}

export const sameDay = (a: Date, b: Date): boolean => startOfDay(a) === startOfDay(b);

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** Slack's <!date^…> format in the browser's time zone; unknown tokens stay as they are. */
export function formatSlackDate(timestamp: number, format: string, now = new Date()): string {
  const date = new Date(timestamp * 1000);
  const show = (options: Intl.DateTimeFormatOptions) => date.toLocaleDateString('en-GB', options);
  const near = dayOf(date, now);
  const pretty = (otherwise: string) => (near === 'Today' || near === 'Yesterday' ? near.toLowerCase() : otherwise);
  const short = show({ day: 'numeric', month: 'short', year: 'numeric' });
  const plain = show({ day: 'numeric', month: 'long', year: 'numeric' });
  const long = show({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
  const tokens: Record<string, string> = {
    date_num: show({ year: 'numeric', month: '2-digit', day: '2-digit' }).split('/').reverse().join('-'),
    date: plain,
    date_short: short,
    date_long: long,
    date_pretty: pretty(plain),
    date_short_pretty: pretty(short),
    date_long_pretty: pretty(long),
    day_divider_pretty: near,
    time: timeOf(date),
    time_secs: date.toLocaleTimeString('en-GB'),
    ago: ago(now.getTime() - date.getTime()),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name: string) => tokens[name] ?? whole);
}

const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

function ago(elapsedMs: number): string {
  const step = STEPS.find(([size]) => Math.abs(elapsedMs) >= size);
  if (!step) return 'just now';
  return new Intl.RelativeTimeFormat('en').format(-Math.trunc(elapsedMs / step[0]), step[1]);
}
