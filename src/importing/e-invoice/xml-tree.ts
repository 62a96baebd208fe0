import { Parser } from 'saxen';

/** A file that is no e-invoice that can be read; `rule` says what it breaks. */
export class NotRead extends Error {
  readonly rule: string;
  constructor(rule: string, says: string) {
    super(says);
    this.rule = rule;
  }
}

/** An element; its name carries the prefix that NAMESPACES gives to its namespace, whatever the file calls it. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd';
const CII = 'urn:un:unece:uncefact:data:standard';
const NAMESPACES = {
  [`${UBL}:Invoice-2`]: 'ubl',
  [`${UBL}:CreditNote-2`]: 'ubl-credit',
  [`${UBL}:CommonAggregateComponents-2`]: 'cac',
  [`${UBL}:CommonBasicComponents-2`]: 'cbc',
  [`${CII}:CrossIndustryInvoice:100`]: 'rsm',
  [`${CII}:ReusableAggregateBusinessInformationEntity:100`]: 'ram',
  [`${CII}:UnqualifiedDataType:100`]: 'udt',
  [`${CII}:QualifiedDataType:100`]: 'qdt',
  'urn:ferd:CrossIndustryDocument:invoice:1p0': 'zugferd1',
};

/** Own limits: 10,000 lines of UBL are about 15 MB and 700,000 elements. */
export const MOST_BYTES = 20_000_000;
const MOST_NODES = 1_500_000;
const DEEPEST = 60;
const ENCODINGS = /^(utf-8|utf-16|utf-16le|utf-16be|iso-8859-1|iso-8859-15|windows-1252|us-ascii)$/i;

/**
 * The elements of an XML text. No document type, so no entity but XML's own five and characters by number; nothing is fetched. Bounded in
 * bytes, elements and depth. Throws NotRead.
 */
export function xmlTree(bytes: Uint8Array): XmlNode {
  if (bytes.length > MOST_BYTES)
    throw new NotRead('size', `it has ${Math.ceil(bytes.length / 1e6)} MB; an e-invoice may have ${MOST_BYTES / 1e6} MB`);
  const root: XmlNode = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let nodes = 0;
  const parser = new Parser().ns(NAMESPACES);
  const broken = (problem: Error) => {
    throw problem instanceof NotRead ? problem : new NotRead('xml', `it is not well-formed XML: ${problem.message.slice(0, 120)}`);
  };
  parser.on('error', broken);
  parser.on('warn', broken);
  parser.on('attention', () => {
    throw new NotRead('entities', 'it declares a document type, which could hide entities');
  });
  parser.on('openTag', (name, attributes, decode) => {
    nodes += 1;
    if (nodes > MOST_NODES) throw new NotRead('size', `it has more than ${MOST_NODES} elements`);
    if (open.length > DEEPEST) throw new NotRead('depth', `its elements lie in each other more than ${DEEPEST} deep`);
    const node: XmlNode = { name, attributes: decoded(attributes(), decode), children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('closeTag', () => {
    open.pop();
  });
  parser.on('text', (piece, decode) => {
    unknownEntity(piece);
    open.at(-1)!.text += decode(piece);
  });
  parser.on('cdata', (piece) => {
    open.at(-1)!.text += piece;
  });
  parser.parse(decode(bytes));
  if (open.length !== 1 || root.children.length !== 1) throw new NotRead('xml', 'it is cut off, or holds more than one document');
  return root.children[0]!;
}

/** The parser leaves what it does not know as it stands. */
function unknownEntity(text: string): void {
  const found = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][\da-fA-F]{1,6});)[^;\s]{0,30};?/.exec(text);
  if (found) throw new NotRead('entities', 'it uses an entity that XML does not know');
}

function decoded(attributes: Record<string, string>, decode: (text: string) => string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const name in attributes) read[name] = decode(attributes[name]!);
  return read;
}

function decode(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  const named = /<\?xml[^>]*encoding=["']([^"']+)["']/.exec(head)?.[1] ?? 'utf-8';
  if (!ENCODINGS.test(named)) throw new NotRead('encoding', 'its text is in an encoding that is not read');
  try {
    return new TextDecoder(wide ?? (named.toLowerCase() === 'utf-16' ? 'utf-16le' : named), { fatal: true }).decode(bytes);
  } catch {
    throw new NotRead('encoding', 'its text is not in the encoding that it names');
  }
}

/** The elements at a path such as 'cac:Party/cbc:Name'. */
export function all(node: XmlNode, path: string): XmlNode[] {
  return path
    .split('/')
    .reduce<XmlNode[]>((at, name) => at.flatMap(({ children }) => children.filter((each) => each.name === name)), [node]);
}

/** Throws NotRead where there are two: one program would show the first, another the last. */
export function one(node: XmlNode, path: string): XmlNode | null {
  const found = all(node, path);
  if (found.length > 1) throw new NotRead('twice', `it states ${path.split('/').at(-1)} more than once`);
  return found[0] ?? null;
}

/** Its text without the spaces around it; '' where there is none. */
export function textAt(node: XmlNode, path: string): string {
  return one(node, path)?.text.trim() ?? '';
}
