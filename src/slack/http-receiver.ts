import { HTTPReceiver, type HTTPReceiverOptions } from '@slack/bolt';

const MOST_SECONDS_APART = 5 * 60;
/** The one path that Bolt serves unless told of others. */
const BOLT_PATH = '/slack/events';

/**
 * Slack's requests over HTTP. They may come to any path, the one that the manifest's --http names: a request is known by its signature, and
 * whatever stands in front may rewrite paths. A GET is answered to whoever asks whether anybody is there, such as a load balancer.
 * Bolt 5 refuses requests that are too old, altered or unsigned, but takes one with a coming timestamp: once recorded it could be sent again
 * until that time has passed. Refused here before anything of it is read.
 */
export function httpReceiver(options: HTTPReceiverOptions): HTTPReceiver {
  const receiver = new HTTPReceiver(options);
  const listen = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    const answer = (status: number, text = '') => {
      response.writeHead(status, { 'content-type': 'text/plain' }).end(text);
      request.resume();
    };
    if (request.method === 'GET' || request.method === 'HEAD') return answer(200, 'Arrears is here.\n');
    if (request.method !== 'POST') return answer(405);
    const stamp = request.headers['x-slack-request-timestamp'];
    const seconds = typeof stamp === 'string' && /^\d{1,12}$/.test(stamp) ? Number(stamp) : Number.NaN;
    // Slack's time against this machine's own, whatever clock the product runs on.
    const apart = Math.abs(seconds - Temporal.Now.instant().epochMilliseconds / 1000);
    if (!(apart <= MOST_SECONDS_APART)) return answer(401);
    request.url = BOLT_PATH;
    listen(request, response);
  };
  return receiver;
}
