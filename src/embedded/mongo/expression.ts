import { unsupported } from './errors.ts';
import { resolve } from './paths.ts';
import { type Doc, isDoc } from './values.ts';

/** Compiles what `$group` computes from a document: "$path", a document of such, or a constant. Operators and variables are refused by name. */
export function evaluator(expression: unknown): (doc: Doc) => unknown {
  if (typeof expression === 'string' && expression.startsWith('$')) {
    if (expression.startsWith('$$')) throw unsupported(`the variable ${expression}`);
    const path = expression.slice(1).split('.');
    return (doc) => resolve(doc, path);
  }
  if (Array.isArray(expression)) throw unsupported('arrays as expressions');
  if (!isDoc(expression)) return () => expression;
  const operator = Object.keys(expression).find((key) => key.startsWith('$'));
  if (operator !== undefined) throw unsupported(`the expression operator ${operator}`);
  const fields = Object.entries(expression).map(([field, below]) => [field, evaluator(below)] as const);
  return (doc) => {
    const result: Doc = {};
    for (const [field, evaluate] of fields) {
      const value = evaluate(doc);
      if (value !== undefined) result[field] = value;
    }
    return result;
  };
}
