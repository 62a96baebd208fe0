import { checkView } from '../block-kit/check.ts';
import { checkPictures } from '../conversation/pictures.ts';
import { slackView } from '../conversation/slack-shapes.ts';
import type { Json, View } from '../state/model.ts';
import type { World } from '../world.ts';
import { ApiError, invalidArgument } from './api-error.ts';
import type { Args } from './args.ts';
import { personNamed } from './lookup.ts';
import { type Method, method } from './method.ts';

function viewArg(world: World, args: Args, type: View['type']): ReturnType<typeof checkView> {
  const view = checkView(args.json('view', 'invalid_arguments'));
  if (view.type !== type) throw invalidArgument(`must be a ${type} view [json-pointer:/view/type]`);
  checkPictures(world, view.blocks, 'invalid_arguments', '/view/blocks');
  return view;
}

const answer = (world: World, view: View): Json => ({ view: slackView(world, view) });

/** @throws ApiError not_found when neither view_id nor external_id names an open view */
function openView(world: World, args: Args): View {
  const view = world.modals.find((each) =>
    args.has('view_id') ? each.id === args.text('view_id') : each.externalId !== '' && each.externalId === args.text('external_id'),
  );
  if (!view) throw new ApiError('not_found');
  return view;
}

function sameHash(args: Args, view: View | undefined): void {
  if (args.has('hash') && args.text('hash') !== view?.hash) throw new ApiError('hash_conflict');
}

function publish(world: World, args: Args): Json {
  if (world.manifest && world.manifest.features.app_home?.home_tab_enabled !== true) throw new ApiError('not_enabled');
  const person = personNamed(world, args.required('user_id'));
  if (person.deactivated || person.kind === 'bot') throw new ApiError('user_not_found');
  const view = viewArg(world, args, 'home');
  sameHash(args, world.store.home(person.id));
  return answer(world, world.modals.publish(person.id, view));
}

export const VIEW_METHODS: Record<string, Method> = {
  // The view is checked first, as Slack does: a faulty one does not use up the trigger.
  'views.open': method(4, [], (world, args) => {
    const view = viewArg(world, args, 'modal');
    return answer(world, world.modals.open(world.triggers.redeem(args.text('trigger_id')), view));
  }),
  'views.push': method(4, [], (world, args) => {
    const view = viewArg(world, args, 'modal');
    return answer(world, world.modals.push(world.triggers.redeem(args.text('trigger_id')), view));
  }),
  'views.update': method(4, [], (world, args) => {
    const old = openView(world, args);
    const view = viewArg(world, args, 'modal');
    sameHash(args, old);
    return answer(world, world.modals.update(old, view));
  }),
  'views.publish': method(4, [], publish),
};
