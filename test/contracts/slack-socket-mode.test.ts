import { slackContract } from './slack-suite.ts';

slackContract('Socket Mode');
