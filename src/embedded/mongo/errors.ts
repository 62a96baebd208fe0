/** An answer of failure to one command or one statement, in the shape MongoDB's driver expects. `extra` goes into the reply as it is. */
export class StoreError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly extra: Readonly<Record<string, unknown>>;
  constructor(code: number, codeName: string, message: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.codeName = codeName;
    this.extra = extra;
  }
}

/** What MongoDB knows and this store does not, by name: a refusal is better than an answer that is almost right. */
export function unsupported(what: string): StoreError {
  return new StoreError(238, 'NotImplemented', `The embedded store does not know ${what}: set MONGODB_URI to use a MongoDB server`);
}

export const badValue = (message: string): StoreError => new StoreError(2, 'BadValue', message);
export const failedToParse = (message: string): StoreError => new StoreError(9, 'FailedToParse', message);
export const typeMismatch = (message: string): StoreError => new StoreError(14, 'TypeMismatch', message);

/** The disk refused a write. Memory would run ahead of it, so the store stops. */
export class DiskFailure extends Error {}
