import type { BlockAction } from '@slack/bolt';

/** A card's menu stands for the buttons it lists: the choice names the button, the menu's own id carries what the button would. */
export const MENU = 'account-more';

/** What a card's button carries: the account and the version the card was drawn from. */
export interface CardRef {
  readonly a: string;
  readonly v: number;
}

/** What was clicked or chosen: the listener's name and what it gets. An action id may carry a suffix behind a colon. */
export function pressed(action: BlockAction['actions'][number]): { name: string; value: string; menu: boolean } {
  if (action.action_id.startsWith(`${MENU}:`)) return { name: chosen(action), value: action.action_id.slice(MENU.length + 1), menu: true };
  return { name: action.action_id.split(':')[0] ?? '', value: chosen(action), menu: false };
}

function chosen(action: BlockAction['actions'][number]): string {
  if ('value' in action && typeof action.value === 'string') return action.value;
  if ('selected_option' in action && action.selected_option) return action.selected_option.value ?? '';
  if ('selected_user' in action && typeof action.selected_user === 'string') return action.selected_user;
  if ('selected_date' in action && typeof action.selected_date === 'string') return action.selected_date;
  return '';
}
