import type { AppIdentity, Channel, Organisation, Person, Team } from './model.ts';
import type { Store } from './store.ts';

export const APP: AppIdentity = { appId: 'A0ARREARS', botId: 'B0ARREARS', botUser: 'U0ARREARS' };
/** Who tells a person what went wrong with a command. */
export const SLACKBOT = 'USLACKBOT';
/** Another company's workspace, of those who come by shared channels. */
export const OTHER_TEAM = 'T0CONTOSO';
const CREATED = 1_735_689_600;

type PersonSketch = Partial<Person> & Pick<Person, 'id' | 'name' | 'realName' | 'title' | 'color'>;

const PEOPLE: PersonSketch[] = [
  { id: 'U0MARA', name: 'mara', realName: 'Mara Lind', title: 'Collector', color: '#7a3e9d', featured: true },
  { id: 'U0TOM', name: 'tom', realName: 'Tom Weber', title: 'Collector', color: '#2b6cb0', featured: true },
  { id: 'U0INES', name: 'ines', realName: 'Ines Duarte', title: 'Collections manager', color: '#b7410e', featured: true },
  { id: 'U0PAUL', name: 'paul', realName: 'Paul Okafor', title: 'Finance lead', color: '#1f7a4d', featured: true },
  { id: 'U0SARA', name: 'sara', realName: 'Sara Nilsson', title: 'Account owner, sales', color: '#a0522d', featured: true },
  { id: 'U0ALEX', name: 'alex', realName: 'Alex Admin', title: 'Workspace admin', color: '#4a5568', featured: true, admin: true },
  { id: 'U0GIA', name: 'gia', realName: 'Gia Rossi', title: 'Guest, temporary help', color: '#8a6d00', kind: 'guest' },
  { id: 'U0ERIK', name: 'erik', realName: 'Erik Contoso', title: 'Contoso Ltd', color: '#9b2c2c', kind: 'external', teamId: OTHER_TEAM },
  { id: 'U0DORA', name: 'dora', realName: 'Dora Left', title: 'Collector until May', color: '#718096', deactivated: true },
  { id: 'U0POLLY', name: 'polly', realName: 'Polly', title: 'Another app', color: '#2c7a7b', kind: 'bot' },
  { id: SLACKBOT, name: 'slackbot', realName: 'Slackbot', title: '', color: '#757575', kind: 'bot' },
  { id: APP.botUser, name: 'arrears', realName: 'Arrears', title: 'Collections bot', color: '#5a2d82', kind: 'bot' },
];

const STAFF = ['U0MARA', 'U0TOM', 'U0INES', 'U0PAUL', 'U0SARA', 'U0ALEX'];

/** Where the local workspace's team decides, until somebody sets another channel. */
export const ESCALATIONS_CHANNEL = 'C0ESCALATE';

const CHANNELS: (Partial<Channel> & Pick<Channel, 'id' | 'name' | 'members' | 'topic'>)[] = [
  {
    id: 'C0COLLECT',
    name: 'collections',
    topic: 'Who owes what, and what we do about it',
    members: [...STAFF, 'U0GIA', 'U0DORA', 'U0POLLY', APP.botUser],
  },
  { id: ESCALATIONS_CHANNEL, name: 'collections-escalations', topic: 'Requests that need a decision', members: [...STAFF, APP.botUser] },
  { id: 'C0GENERAL', name: 'general', topic: 'Company-wide', members: [...STAFF, 'U0GIA', 'U0POLLY'] },
  { id: 'C0SALES', name: 'sales', topic: 'Deals and accounts', members: ['U0SARA', 'U0PAUL', 'U0ALEX', APP.botUser] },
  { id: 'C0BOARD', name: 'board', topic: 'Private: the bot is not here', kind: 'private', members: ['U0PAUL', 'U0ALEX', 'U0INES'] },
  { id: 'C0OLDAR', name: 'old-receivables', topic: 'Closed in May', archived: true, members: [...STAFF, APP.botUser] },
  {
    id: 'C0CONTOSO',
    name: 'contoso-northwind',
    topic: 'Shared with Contoso Ltd',
    shared: true,
    members: [...STAFF, 'U0ERIK', APP.botUser],
  },
];

/** The second workspace of the organisation. */
const SISTER: Team = { id: 'T0EMEA', name: 'Northwind EMEA', domain: 'northwind-emea' };

/** On Enterprise Grid everybody of the team but these two belongs to both workspaces, and Slack names the other one as theirs. */
const HERE_ALONE = ['U0TOM', 'U0ALEX'];
const SISTER_PERSON: PersonSketch = {
  id: 'U0OLGA',
  name: 'olga',
  realName: 'Olga Berg',
  title: 'Works at Northwind EMEA',
  color: '#0b7285',
};
const ORG_CHANNEL = {
  id: 'C0ORGWIDE',
  name: 'group-finance',
  topic: 'Shared by the workspaces of Northwind Group',
  sharing: 'organisation' as const,
  members: [...STAFF, 'U0OLGA', APP.botUser],
};

/** The organisation that the team's workspace is part of, on Enterprise Grid. */
export function organisationOf(team: Team, orgWide: boolean): Organisation {
  return { id: 'E0NORTHWIND', name: 'Northwind Group', teams: [team, SISTER], orgWide };
}

function memberships(sketch: PersonSketch, team: Team, organisation: Organisation): Partial<Person> {
  if (sketch.teamId !== undefined) return {};
  const both = STAFF.includes(sketch.id) && !HERE_ALONE.includes(sketch.id);
  const teams = sketch === SISTER_PERSON ? [SISTER.id] : both ? [SISTER.id, team.id] : [team.id];
  return { teamId: teams[0]!, enterprise: { id: organisation.id, name: organisation.name, teams } };
}

/** Fills an empty store with the team; a store that already has people keeps them. */
export function seed(store: Store, team: Team, organisation: Organisation | null = null): void {
  if (store.people().length > 0) return;
  for (const sketch of organisation ? [...PEOPLE, SISTER_PERSON] : PEOPLE) {
    const email = `${sketch.name}@${sketch.teamId ? 'contoso' : team.domain}.example`;
    const base = {
      email,
      kind: 'person',
      teamId: team.id,
      timeZone: 'Europe/Amsterdam',
      admin: false,
      deactivated: false,
      featured: false,
    } as const;
    store.savePerson({ ...base, ...sketch, ...(organisation && memberships(sketch, team, organisation)) });
  }
  for (const sketch of organisation ? [...CHANNELS, ORG_CHANNEL] : CHANNELS) {
    const base = { kind: 'channel', archived: false, shared: false, restricted: false, creator: 'U0ALEX', created: CREATED } as const;
    store.saveChannel({ ...base, ...sketch });
  }
}
