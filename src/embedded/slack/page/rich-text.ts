import type { RichTextBlock, RichTextElement } from '@slack/types';
import type { Inline, Part, TextStyle } from './mrkdwn.ts';

/** A rich_text block as parts. */
export function parseRichText(block: RichTextBlock): Part[] {
  return block.elements.map((element): Part => {
    if (element.type === 'rich_text_list') {
      const { offset = 0 } = element as { offset?: number };
      return {
        kind: 'list',
        ordered: element.style === 'ordered',
        indent: element.indent ?? 0,
        start: offset + 1,
        items: element.elements.map((item) => inlines(item.elements)),
      };
    }
    const content = inlines(element.elements);
    if (element.type === 'rich_text_quote') return { kind: 'quote', content };
    if (element.type === 'rich_text_preformatted') return { kind: 'pre', content };
    return { kind: 'text', content };
  });
}

const inlines = (elements: readonly RichTextElement[]): Inline[] => elements.flatMap(styled);

const STYLES: TextStyle[] = ['code', 'strike', 'underline', 'italic', 'bold'];

function styled(element: RichTextElement): Inline[] {
  const style = element.style ?? {};
  const wrapped = STYLES.filter((name) => style[name]);
  return wrapped.reduce<Inline[]>((children, name) => [{ kind: 'styled', style: name, children }], plain(element));
}

function plain(element: RichTextElement): Inline[] {
  switch (element.type) {
    case 'text':
      return lines(element.text);
    case 'link':
      return [{ kind: 'link', url: element.url, children: lines(element.text ?? element.url) }];
    case 'user':
      return [{ kind: 'user', id: element.user_id }];
    case 'channel':
      return [{ kind: 'channel', id: element.channel_id }];
    case 'broadcast':
      return [{ kind: 'mention', text: `@${element.range}` }];
    case 'usergroup':
      return [{ kind: 'mention', text: `@${element.usergroup_id}` }];
    case 'team':
      return [{ kind: 'mention', text: `@${element.team_id}` }];
    case 'emoji':
      return [{ kind: 'emoji', name: element.name }];
    case 'color':
      return [{ kind: 'color', value: element.value }];
    case 'date': {
      const { timestamp, format, url, fallback = '' } = element;
      return [{ kind: 'date', timestamp, format, url, fallback }];
    }
    default:
      return [];
  }
}

function lines(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index): Inline[] => [...(index ? [{ kind: 'break' } as Inline] : []), { kind: 'text', text: line }]);
}
