import { LIMITS } from './limits.ts';
import { clip } from './text.ts';

/** Blocks, elements and views on their way out are looked at as what they are in the end: JSON. */
export type Json = Record<string, unknown>;

/** Told of everything that was shortened or left out: where, never what it said. */
export type Cut = (where: string) => void;

/** Stands where data left a text empty, which Slack refuses. */
const EMPTY = '–';

export function fitText(text: unknown, limit: number, where: string, cut: Cut): string {
  const whole = typeof text === 'string' ? text : '';
  if (whole !== '' && whole.length <= limit) return whole;
  cut(whole === '' ? `${where} empty` : `${where} ${whole.length} > ${limit}`);
  return whole === '' ? EMPTY : clip(whole, limit);
}

/** A text object, plain or mrkdwn. */
export function fitTextObject(object: unknown, limit: number, where: string, cut: Cut): Json {
  const whole = object as Json;
  const text = fitText(whole.text, limit, where, cut);
  return text === whole.text ? whole : { ...whole, text };
}

/** Replaces members by what fits; the object stays the same one when all did. */
function withFitting(object: Json, members: Readonly<Record<string, (value: unknown) => unknown>>): Json {
  let fitted = object;
  for (const [name, shape] of Object.entries(members)) {
    if (object[name] === undefined) continue;
    const value = shape(object[name]);
    if (value === object[name]) continue;
    fitted = { ...fitted, [name]: value };
    if (value === undefined) delete fitted[name];
  }
  return fitted;
}

/** The same list when every item stays as it is. */
export function fitList(list: unknown, limit: number, where: string, cut: Cut, shape: (item: Json) => Json | null): Json[] {
  const items = list as Json[];
  const kept = items.slice(0, limit).flatMap((item): Json[] => {
    const shaped = shape(item);
    return shaped === null ? [] : [shaped];
  });
  if (items.length > limit) cut(`${where} ${items.length} > ${limit}`);
  return kept.length === items.length && kept.every((item, n) => item === items[n]) ? items : kept;
}

const textOf = (limit: number, where: string, cut: Cut) => (value: unknown) => fitTextObject(value, limit, where, cut);

function fitConfirm(cut: Cut): (value: unknown) => Json {
  return (value) =>
    withFitting(value as Json, {
      title: textOf(LIMITS.confirmTitle, 'confirm.title', cut),
      text: textOf(LIMITS.confirmText, 'confirm.text', cut),
      confirm: textOf(LIMITS.confirmButton, 'confirm.confirm', cut),
      deny: textOf(LIMITS.confirmButton, 'confirm.deny', cut),
    });
}

/** Null for an option whose value Slack would refuse: half a value would choose something else. */
function fitOption(cut: Cut): (option: Json) => Json | null {
  return (option) => {
    const value = String(option.value ?? '');
    if (value === '' || value.length > LIMITS.optionValue) {
      cut(`option.value ${value.length}`);
      return null;
    }
    return withFitting(option, {
      text: textOf(LIMITS.optionText, 'option.text', cut),
      description: textOf(LIMITS.optionDescription, 'option.description', cut),
    });
  };
}

/** Choices of a select, the first hundred of them. */
export const fitOptions = (options: unknown, cut: Cut): Json[] => fitList(options, LIMITS.selectOptions, 'options', cut, fitOption(cut));

const fitGroup =
  (cut: Cut) =>
  (group: Json): Json | null => {
    const options = fitList(group.options, LIMITS.selectOptions, 'group.options', cut, fitOption(cut));
    if (options.length === 0) return null;
    return withFitting({ ...group, options }, { label: textOf(LIMITS.groupLabel, 'group.label', cut) });
  };

const MOST_OPTIONS: Readonly<Record<string, number>> = {
  overflow: LIMITS.overflowOptions,
  radio_buttons: LIMITS.choiceOptions,
  checkboxes: LIMITS.choiceOptions,
};

/** Chosen beforehand counts only among what is offered: Slack wants it to match one of the options exactly. */
function chosenAmong(element: Json): Json {
  const groups = (element.option_groups ?? []) as { options: Json[] }[];
  if (element.options === undefined && element.option_groups === undefined) return element;
  const offered = new Map([...((element.options ?? []) as Json[]), ...groups.flatMap(({ options }) => options)].map((o) => [o.value, o]));
  return withFitting(element, {
    initial_option: (value) => sameOr(value as Json, offered.get((value as Json).value)),
    initial_options: (value) => {
      const chosen = (value as Json[]).flatMap((each) => sameOr(each, offered.get(each.value)) ?? []);
      if (chosen.length === 0) return undefined;
      return chosen.length === (value as Json[]).length && chosen.every((each, n) => each === (value as Json[])[n]) ? value : chosen;
    },
  });
}

const sameOr = (chosen: Json, offered: Json | undefined): Json | undefined =>
  offered && JSON.stringify(offered) === JSON.stringify(chosen) ? chosen : offered;

function fitChoices(element: Json, cut: Cut): Json | null {
  const most = MOST_OPTIONS[String(element.type)] ?? LIMITS.selectOptions;
  const fitted = withFitting(element, {
    options: (value) => fitList(value, most, `${element.type}.options`, cut, fitOption(cut)),
    option_groups: (value) => fitList(value, LIMITS.optionGroups, `${element.type}.option_groups`, cut, fitGroup(cut)),
  });
  for (const list of [fitted.options, fitted.option_groups]) if (Array.isArray(list) && list.length === 0) return null;
  return chosenAmong(fitted);
}

/** An image's picture cannot be shortened, only what those hear who cannot see it. */
export function fitImage(image: Json, cut: Cut): Json | null {
  if (String(image.image_url ?? '').length > LIMITS.url) {
    cut('image_url');
    return null;
  }
  const alt = fitText(image.alt_text, LIMITS.altText, 'image.alt_text', cut);
  return alt === image.alt_text ? image : { ...image, alt_text: alt };
}

/** An element of a block as Slack takes it; null for one that would do something else, or nothing, if it were cut. */
export function fitElement(element: Json, cut: Cut): Json | null {
  if (element.type === 'image') return fitImage(element, cut);
  const tooLong =
    String(element.action_id ?? '').length > LIMITS.id ||
    (element.type === 'button' && String(element.value ?? '').length > LIMITS.buttonValue) ||
    String(element.url ?? '').length > LIMITS.url ||
    String(element.initial_value ?? '').length > LIMITS.inputLength;
  if (tooLong) {
    cut(`${element.type} left out`);
    return null;
  }
  const fitted = withFitting(element, {
    ...(element.type === 'button' ? { text: textOf(LIMITS.buttonText, 'button.text', cut) } : {}),
    accessibility_label: (value) => fitText(value, LIMITS.accessibilityLabel, 'accessibility_label', cut),
    placeholder: textOf(LIMITS.placeholder, 'placeholder', cut),
    confirm: fitConfirm(cut),
    max_length: (value) => {
      if (Number(value) > LIMITS.inputLength) cut('max_length');
      return Math.min(Number(value), LIMITS.inputLength);
    },
  });
  return fitChoices(fitted, cut);
}
