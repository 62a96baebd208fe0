import { checkView } from '../block-kit/check.ts';
import { checkPictures } from '../conversation/pictures.ts';
import { slackView } from '../conversation/slack-shapes.ts';
import type { Json, Person, StateValues, View } from '../state/model.ts';
import { ApiError } from '../web-api/api-error.ts';
import type { World } from '../world.ts';
import { remember } from './actions.ts';
import { interaction } from './payloads.ts';
import { Problem } from './problem.ts';
import { missingFields } from './state-values.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

function openModal(world: World, person: Person, id: string): View {
  const view = world.modals.of(person.id).find((each) => each.id === id);
  if (!view) throw new Problem('This view is no longer open.');
  return view;
}

/** Submits a modal. @returns field errors by block_id, empty when the app took it. @throws Problem when it did not answer properly */
export async function submit(world: World, person: Person, id: string, entered: StateValues): Promise<Record<string, string>> {
  const view = remember(world, openModal(world, person, id), entered);
  const missing = missingFields(view.blocks, view.values);
  if (Object.keys(missing).length > 0) return refused(world, view, missing);
  const payload = {
    ...interaction(world, person, 'view_submission'),
    trigger_id: world.triggers.issue(person.id, view.id),
    view: slackView(world, view),
    response_urls: [],
  };
  const answer = await world.delivery.send('interactive', payload);
  if (!answer.acked) throw new Problem(TROUBLE);
  // The app may have redrawn or closed the view while it worked.
  const current = world.modals.of(person.id).find((each) => each.id === id);
  if (!current) return {};
  try {
    return take(world, current, answer.body as Json | '');
  } catch (error) {
    if (error instanceof ApiError) throw new Problem(`${TROUBLE} (${error.code})`);
    throw error;
  }
}

function take(world: World, view: View, body: Json | ''): Record<string, string> {
  const action = body === '' ? undefined : body?.response_action;
  if (body === '' || action === undefined) world.modals.close(view);
  else if (action === 'clear') world.modals.clear(view.person);
  else if (action === 'update') world.modals.update(view, modal(world, body.view));
  else if (action === 'push') world.modals.push({ person: view.person }, modal(world, body.view));
  else if (action === 'errors') return refused(world, view, fieldErrors(view, body.errors));
  else throw new ApiError('invalid_response_action');
  return {};
}

function modal(world: World, value: unknown): ReturnType<typeof checkView> {
  const view = checkView(value);
  if (view.type !== 'modal') throw new ApiError('invalid_arguments');
  checkPictures(world, view.blocks, 'invalid_arguments', '/view/blocks');
  return view;
}

/** Slack takes errors for input blocks of this view only; one unknown block_id makes the whole answer void. */
function fieldErrors(view: View, errors: unknown): Record<string, string> {
  const entries = Object.entries((errors ?? {}) as Json);
  const inputs = new Set(view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id));
  if (entries.length === 0 || entries.some(([block, text]) => !inputs.has(block) || typeof text !== 'string'))
    throw new ApiError('invalid_errors');
  return Object.fromEntries(entries) as Record<string, string>;
}

function refused(world: World, view: View, errors: Record<string, string>): Record<string, string> {
  world.modals.showErrors(view, errors);
  return errors;
}

/** Closes a modal by its close button: back to the one below, or all of them when it says clear_on_close. */
export function closeModal(world: World, person: Person, id: string): void {
  const view = openModal(world, person, id);
  const closed = view.clearOnClose ? world.modals.clear(person.id) : world.modals.close(view);
  for (const each of closed) {
    if (!each.notifyOnClose) continue;
    const payload = { ...interaction(world, person, 'view_closed'), view: slackView(world, each), is_cleared: view.clearOnClose };
    void world.delivery.send('interactive', payload);
  }
}
