import type { KnownBlock } from '@slack/types';
import { button, section } from '../slack/parts.ts';
import type { CardRef } from '../slack/pressed.ts';
import { plain } from '../slack/text.ts';
import type { MisplacedReceipt } from './import.port.ts';
import { misplacedInWords } from './import-words.op.ts';

/** Money that names invoices of this customer and stands under another one, or in another currency; whoever may import says what it is. */
export function misplacedBlocks(found: readonly MisplacedReceipt[], ref: CardRef, mayManage: boolean): KnownBlock[] {
  return found.flatMap((each, n): KnownBlock[] => {
    const said = section(
      `:question: ${plain(misplacedInWords(each))} Nobody is reminded of it before ${mayManage ? 'you say' : 'a manager says'} whether it is paid by that.`,
    );
    if (!mayManage) return [said];
    const about = { ...ref, r: each.receipt, n: each.invoice };
    return [
      said,
      {
        type: 'actions',
        elements: [button('money-pays', String(n), 'It pays it', about), button('money-apart', String(n), 'Keep apart', about)],
      },
    ];
  });
}
