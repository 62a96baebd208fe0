import type { FileInput } from '@slack/types';
import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { PageFile } from '../../page-protocol.ts';
import { useClient } from '../context.ts';
import type { ElementJson } from '../form-state.ts';
import { Icon } from '../icons.ts';
import { useElement } from './use-element.ts';

/** Files are uploaded when they are picked; the form sends their ids. */
export function FileInputElement({ element }: { element: ElementJson }) {
  const client = useClient();
  const { value, change, disabled, slot } = useElement(element);
  const [uploading, setUploading] = useState(false);
  const { filetypes = [], max_files: max = 10 } = element as unknown as FileInput;
  const files = (value.files ?? []) as PageFile[];
  const upload = async (event: Event) => {
    const input = event.target as HTMLInputElement;
    const picked = [...(input.files ?? [])].slice(0, max - files.length);
    setUploading(true);
    const results = await Promise.all(picked.map((file) => client.upload(null, file)));
    setUploading(false);
    input.value = '';
    await change({
      type: element.type,
      files: [...files, ...results.flatMap((result) => (result.ok && result.file ? [result.file] : []))],
    });
  };
  const remove = (file: PageFile) => change({ type: element.type, files: files.filter((other) => other.id !== file.id) });
  return html`<div class="file-input">
    ${files.map(
      (file) => html`<span key=${file.id} class="chip"><${Icon} name="file" />${file.name}
        <button type="button" aria-label=${`Remove ${file.name}`} disabled=${disabled} onClick=${() => remove(file)}>
          <${Icon} name="close" size=${12} /></button></span>`,
    )}
    ${
      files.length < max &&
      html`<label class="btn file-pick"><${Icon} name="upload" />${uploading ? 'Uploading…' : 'Choose a file'}
        <input type="file" class="visually-hidden" multiple=${max > 1} disabled=${disabled || uploading} accept=${filetypes.map((type) => `.${type}`).join(',')}
          aria-labelledby=${slot.labelledBy} aria-describedby=${slot.describedBy} onChange=${upload} /></label>`
    }</div>`;
}
