import PostalMime from 'postal-mime';

/** A message as a receiver reads it, by a reader that is not the writer's. */
export async function decoded(bytes: Uint8Array) {
  const mail = await PostalMime.parse(bytes);
  return {
    subject: mail.subject ?? '',
    /** Lines ended by \n. */
    text: (mail.text ?? '').replaceAll('\r\n', '\n'),
    html: mail.html?.replaceAll('\r\n', '\n') ?? null,
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename,
      type: mimeType,
      bytes: new Uint8Array(content as ArrayBuffer),
    })),
    /** Values of every header line of a name. */
    headers: (name: string) => mail.headers.filter(({ key }) => key === name).map(({ value }) => value),
    names: mail.headers.map(({ key }) => key),
  };
}
