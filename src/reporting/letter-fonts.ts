import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));

export const FONT = 'Noto Sans';
export const REGULAR = path.join(folder, '400Regular/NotoSans_400Regular.ttf');
export const BOLD = path.join(folder, '700Bold/NotoSans_700Bold.ttf');

/**
 * For pdfkit's `font`: a font it knows by its path beforehand is read and parsed anew at each `.font('regular')`, since the name a font was
 * registered under is kept only where no other was (pdfkit 0.20, mixins/fonts). Half of all the time a long document took.
 */
export const NO_DEFAULT_FONT = '';
