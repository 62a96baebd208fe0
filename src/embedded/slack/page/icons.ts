import { html } from 'htm/preact';

const PATHS = {
  hash: 'M6 2.500 4.500 13.500M11.500 2.500 10 13.500M2.500 5.800h11.200M2.300 10.200h11.200',
  lock: 'M4 7.500h8v6H4zM5.500 7.500V5a2.500 2.500 0 0 1 5 0v2.500',
  close: 'M3.500 3.500l9 9M12.500 3.500l-9 9',
  down: 'M4 6l4 4 4-4',
  menu: 'M2.500 4h11M2.500 8h11M2.500 12h11',
  more: 'M3.500 8h.01M8 8h.01M12.500 8h.01',
  plus: 'M8 3v10M3 8h10',
  send: 'M2.500 3l11 5-11 5 1.800-5zM4.300 8H9',
  thread: 'M2.500 3h11v8H7l-3 2.500V11H2.500zM5.500 6h5M5.500 8.300h3',
  home: 'M2.500 8 8 3l5.500 5M4 7v6.500h8V7',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  upload: 'M8 11V3M5 6l3-3 3 3M3 11v2.500h10V11',
  download: 'M8 3v8M5 8l3 3 3-3M3 11v2.500h10V11',
  people:
    'M6 8a2.300 2.300 0 1 0 0-4.600A2.300 2.300 0 0 0 6 8zM1.800 13c.4-2.600 2-4 4.200-4s3.800 1.400 4.200 4M10.500 4a2 2 0 0 1 0 4M11.800 9.500c1.300.5 2.100 1.700 2.400 3.500',
  back: 'M10 3 5 8l5 5',
  check: 'M3 8.500 6.500 12 13 4.500',
  eye: 'M1.500 8C3 5 5.300 3.500 8 3.500S13 5 14.500 8C13 11 10.700 12.500 8 12.500S3 11 1.500 8zM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
  app: 'M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z',
};

/** A line drawing in the colour of the text; decoration only. */
export function Icon({ name, size = 16 }: { name: keyof typeof PATHS; size?: number }) {
  const stroke = name === 'more' ? 2.2 : 1.4;
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true" fill="none" stroke="currentColor"
    stroke-width=${stroke} stroke-linecap="round" stroke-linejoin="round"><path d=${PATHS[name]} /></svg>`;
}
