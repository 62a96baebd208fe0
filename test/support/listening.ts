import { App, type ReceiverEvent } from '@slack/bolt';

let underWay = 0;
const process = App.prototype.processEvent;
// Bots that start from here on in this process are watched.
App.prototype.processEvent = async function (this: App, event: ReceiverEvent) {
  underWay += 1;
  try {
    await process.call(this, event);
  } finally {
    underWay -= 1;
  }
};

/** Whether any bot of this process still works on something that Slack brought; what it acknowledged counts until it is done. */
export const listening = (): boolean => underWay > 0;
