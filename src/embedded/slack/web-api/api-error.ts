import type { Json } from '../state/model.ts';

/** A refusal the way Slack words it: HTTP 200 with {ok: false, error: code, ...detail}. */
export class ApiError extends Error {
  readonly code: string;
  readonly detail: Json;

  constructor(code: string, detail: Json = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** invalid_arguments, naming what is wrong with which argument. */
export function invalidArgument(message: string): ApiError {
  return new ApiError('invalid_arguments', { response_metadata: { messages: [`[ERROR] ${message}`] } });
}
