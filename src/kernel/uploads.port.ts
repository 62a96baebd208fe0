/** Files that were uploaded to Slack once and are shown again, by what they show. */
export interface Uploads {
  /** The file's id, or null. */
  find(key: string): Promise<string | null>;
  /** The last one wins: two instances may upload the same picture at once. */
  keep(key: string, file: string): Promise<void>;
}
