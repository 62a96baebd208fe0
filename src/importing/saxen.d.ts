/** The package carries no types. What is used of https://github.com/nikku/saxen */
declare module 'saxen' {
  type Decode = (text: string) => string;
  export class Parser {
    on(event: 'openTag', heard: (name: string, attributes: () => Record<string, string>, decode: Decode) => void): this;
    on(event: 'closeTag' | 'cdata' | 'comment', heard: (text: string) => void): this;
    on(event: 'text', heard: (text: string, decode: Decode) => void): this;
    on(event: 'error' | 'warn', heard: (problem: Error) => void): this;
    on(event: 'attention', heard: () => void): this;
    /** Names come with the prefixes given here, whatever the text calls them. */
    ns(prefixes: Readonly<Record<string, string>>): this;
    /** A whole text at once. */
    parse(xml: string): this;
    write(xml: string): this;
    end(): void;
  }
}
