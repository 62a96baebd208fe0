/**
 * Any of these terms, separated by commas, as whole words in any case. White space stands for any white space, * for any letters; accents
 * count. Otherwise terms hold letters, hyphens and apostrophes only.
 */
export function terms(list: string): RegExp {
  const parts = split(list).map((term) => term.replace(/\s+/g, '\\s+').replaceAll("'", "['’]").replaceAll('*', '\\p{L}*'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
}

/** Exactly one of these words, in lower case; each may be a pattern without commas. */
export function wholeWord(list: string): RegExp {
  return new RegExp(`^(?:${split(list).join('|')})$`, 'u');
}

function split(list: string): string[] {
  return list.split(',').map((term) => term.trim());
}
