import { HTTPReceiver, type HTTPReceiverOptions } from '@slack/bolt';

const MOST_SECONDS_APART = 5 * 60;

/**
 * Bolt 5 refuses requests that are too old, altered or unsigned, but takes one with a coming timestamp: once recorded it could be sent again
 * until that time has passed. Refused here before anything of it is read.
 */
export function punctualReceiver(options: HTTPReceiverOptions): HTTPReceiver {
  const receiver = new HTTPReceiver(options);
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    const stamp = request.headers['x-slack-request-timestamp'];
    const seconds = typeof stamp === 'string' && /^\d{1,12}$/.test(stamp) ? Number(stamp) : Number.NaN;
    // Slack's time against this machine's own, whatever clock the product runs on.
    const apart = Math.abs(seconds - Temporal.Now.instant().epochMilliseconds / 1000);
    if (request.method !== 'POST' || apart <= MOST_SECONDS_APART) return listen(request, response);
    response.writeHead(401).end();
    request.resume();
  };
  return receiver;
}
