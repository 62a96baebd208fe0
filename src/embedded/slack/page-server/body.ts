import type { IncomingMessage } from 'node:http';
import type { Json } from '../state/model.ts';
import { ApiError } from '../web-api/api-error.ts';

const MOST_FIELD_BYTES = 4_000_000;
const MOST_FILE_BYTES = 100_000_000;

/** Path and query of a request. One that is no path ('//', a whole address) counts as '/'. */
export function addressOf(request: IncomingMessage): URL {
  const path = request.url?.startsWith('/') ? request.url : '/';
  return URL.parse(`http://localhost${path}`) ?? new URL('http://localhost/');
}

/** The whole body. @throws ApiError request_too_large above `most` bytes */
async function readBytes(request: IncomingMessage, most: number): Promise<Buffer<ArrayBuffer>> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > most) throw new ApiError('request_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** The bytes of an upload: the body itself, or the first file of a multipart form. */
export async function readUpload(request: IncomingMessage): Promise<Uint8Array> {
  const bytes = await readBytes(request, MOST_FILE_BYTES);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  for (const value of (await form(bytes, type)).values())
    return typeof value === 'string' ? Buffer.from(value) : new Uint8Array(await value.arrayBuffer());
  throw new ApiError('no_file_data');
}

function form(bytes: Buffer<ArrayBuffer>, type: string): Promise<FormData> {
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => {
    throw new ApiError('invalid_form_data');
  });
}

/** Fields of a JSON, form or multipart body and of the query; an absent body has none. @throws ApiError invalid_json or the like */
export async function readFields(request: IncomingMessage): Promise<Json> {
  const query = Object.fromEntries(addressOf(request).searchParams);
  const bytes = await readBytes(request, MOST_FIELD_BYTES);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return query;
  if (type.startsWith('multipart/form-data')) return { ...query, ...Object.fromEntries(await form(bytes, type)) };
  if (!type.startsWith('application/json')) return { ...query, ...Object.fromEntries(new URLSearchParams(bytes.toString())) };
  try {
    return { ...query, ...(JSON.parse(bytes.toString()) as Json) };
  } catch {
    throw new ApiError('invalid_json');
  }
}
