/**
 * Any of these terms as whole words, in any case. A space stands for any white space, a final * for any ending;
 * accents count. Terms hold letters, spaces, hyphens and apostrophes only.
 */
export function terms(...list: readonly string[]): RegExp {
  const parts = list.map((term) => term.replaceAll(' ', '\\s+').replaceAll("'", "['’]").replace(/\*$/, '\\p{L}*'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}
