/** Structured logs; ids, never names. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
