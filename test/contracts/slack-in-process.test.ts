import { slackContract } from './slack-suite.ts';

slackContract('in process');
