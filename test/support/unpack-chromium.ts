/** Run by browser.ts, in a process of its own: unpacks the browser into TMPDIR. */
import packed from '@sparticuz/chromium';

await packed.executablePath();
