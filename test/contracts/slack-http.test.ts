import { slackContract } from './slack-suite.ts';

slackContract('HTTP');
