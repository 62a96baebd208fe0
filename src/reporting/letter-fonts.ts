import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans/package.json'));

export const FONT = 'Noto Sans';
export const REGULAR = path.join(folder, '400Regular/NotoSans_400Regular.ttf');
export const BOLD = path.join(folder, '700Bold/NotoSans_700Bold.ttf');
