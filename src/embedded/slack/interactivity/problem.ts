/** What the person on the page is told instead of the result they wanted. */
export class Problem extends Error {}
